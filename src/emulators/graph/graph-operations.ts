import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import type { Clock } from '../../domain/clock.ts';

const recordSchema = z.object({
  id: z.string(),
  userId: z.string(),
  /** Secret: a signed address of a container. Graph stores it too. */
  storageLocation: z.string(),
  status: z.enum(['notStarted', 'running', 'complete', 'failed']),
  polls: z.int(),
  written: z.int(),
  submittedAt: z.string(),
  completedAt: z.string().nullable(),
});

/** An export operation, as the emulator stores it. */
export type OperationRecord = z.infer<typeof recordSchema>;

/** How export operations behave. A test may change it while they run. */
export interface OperationBehaviour {
  /** Number of polls that are answered with "not done yet". */
  polls: number;
  /** Number of files that an export writes. */
  files: number;
  /** True makes every operation end as failed. */
  fails: boolean;
}

/** The export operations, stored in a folder. Each poll advances an operation by one step. */
export class Operations {
  readonly behaviour: OperationBehaviour;
  readonly #file: string;
  readonly #clock: Clock;
  readonly #records: Map<string, OperationRecord>;

  constructor(folder: string, behaviour: OperationBehaviour, clock: Clock) {
    this.behaviour = behaviour;
    this.#file = path.join(folder, 'operations.json');
    this.#clock = clock;
    this.#records = new Map(readRecords(this.#file).map((record) => [record.id, record]));
  }

  /** Number of exports of this person's data that were started. */
  startedFor(userId: string): number {
    return [...this.#records.values()].filter((record) => record.userId === userId).length;
  }

  async start(userId: string, storageLocation: string): Promise<OperationRecord> {
    const id = randomUUID();
    const submittedAt = new Date(this.#clock.now()).toISOString();
    const record: OperationRecord = {
      id,
      userId,
      storageLocation,
      status: 'notStarted',
      polls: 0,
      written: 0,
      submittedAt,
      completedAt: null,
    };
    await this.#save(record);
    return record;
  }

  /**
   * One poll: advances the operation by a step and writes the files that are due by then. Undefined for an unknown id.
   */
  async poll(id: string): Promise<OperationRecord | undefined> {
    const record = this.#records.get(id);
    if (record === undefined || record.status === 'complete' || record.status === 'failed') return record;
    const polls = record.polls + 1;
    const ends = polls > this.behaviour.polls;
    const due = ends ? this.behaviour.files : Math.floor((this.behaviour.files * polls) / (this.behaviour.polls + 1));
    let written = record.written;
    let status: OperationRecord['status'] = polls === 1 && !ends ? 'notStarted' : ends ? 'complete' : 'running';
    try {
      for (; written < due; written += 1) await this.#write(record, written);
    } catch {
      // The signed address has expired, or the container was deleted.
      status = 'failed';
    }
    if (ends && this.behaviour.fails) status = 'failed';
    const ended = status === 'complete' || status === 'failed';
    const completedAt = ended ? new Date(this.#clock.now()).toISOString() : null;
    const next = { ...record, polls, written, status, completedAt };
    await this.#save(next);
    return next;
  }

  /** Writes a file whose content says that the emulator wrote it. The files of a real export look different. */
  async #write({ storageLocation, userId }: OperationRecord, index: number): Promise<void> {
    const name = `${index % 2 === 0 ? 'OneDrive' : 'ActivityReports'}/file-${String(index + 1).padStart(4, '0')}.json`;
    const text = JSON.stringify({ sample: 'written by the emulator of Microsoft Graph', userId, file: index + 1 });
    const blob = new ContainerClient(storageLocation).getBlockBlobClient(name);
    await blob.upload(text, Buffer.byteLength(text), { blobHTTPHeaders: { blobContentType: 'application/json' } });
  }

  async #save(record: OperationRecord): Promise<void> {
    this.#records.set(record.id, record);
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeFile(`${this.#file}.new`, JSON.stringify([...this.#records.values()]), { mode: 0o600 });
    await rename(`${this.#file}.new`, this.#file);
  }
}

function readRecords(file: string): OperationRecord[] {
  try {
    return z.array(recordSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
