import { seededRandom } from '../server/seeded-random.ts';
import type { Generate } from './seed-format.ts';

/** A table's header and an endless sequence of rows, as text with line ends. */
export interface Rows {
  readonly head: string;
  readonly rows: Iterable<string>;
}

/** A column's value, given the row's number and a random number generator. */
type Cell = (index: number, chance: () => number) => string;

interface Column {
  readonly name: string;
  /** True when the value depends on the row's number. Such columns come first. */
  readonly numbered?: true;
  readonly type: 'NUMERIC' | 'STRING' | 'DATE';
  readonly cell: Cell;
}

const cities = ['Zürich', 'São Paulo', 'Kraków', 'Portland', 'Nairobi', '東京', 'Lyon', 'Oslo', 'Pune', 'Austin'];
const plans = ['Basic', 'Plus', 'Family', 'Business'];
const channels = ['web', 'store', 'phone', 'partner'];
const words =
  `delivery was on time and the box arrived intact but the manual is missing pages I would buy again for a friend
  because the price is fair while support took two days to answer my question about the warranty of this product`.split(
    /\s+/,
  );

const oneOf =
  (values: readonly string[]): Cell =>
  (_index, chance) =>
    values[Math.floor(chance() * values.length)] ?? '';
const whole =
  (low: number, high: number): Cell =>
  (_index, chance) =>
    String(low + Math.floor(chance() * (high - low + 1)));
const money =
  (high: number): Cell =>
  (_index, chance) =>
    (chance() * chance() * high).toFixed(2);
const day: Cell = (_index, chance) => {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${2016 + Math.floor(chance() * 4)}-${two(1 + Math.floor(chance() * 12))}-${two(1 + Math.floor(chance() * 28))}`;
};
const sentence: Cell = (_index, chance) => {
  const length = 6 + Math.floor(chance() * 18);
  return Array.from({ length }, () => words[Math.floor(chance() * words.length)]).join(' ');
};

const topics: Readonly<Record<Generate['topic'], readonly Column[]>> = {
  customers: [
    { name: 'customer_id', numbered: true, type: 'NUMERIC', cell: (index) => String(100_000 + index) },
    { name: 'city', type: 'STRING', cell: oneOf(cities) },
    { name: 'plan', type: 'STRING', cell: oneOf(plans) },
    { name: 'tenure_months', type: 'NUMERIC', cell: whole(0, 72) },
    { name: 'monthly_charge', type: 'NUMERIC', cell: money(180) },
    { name: 'support_calls', type: 'NUMERIC', cell: whole(0, 9) },
    { name: 'joined', type: 'DATE', cell: day },
    { name: 'churned', type: 'NUMERIC', cell: (_index, chance) => (chance() < 0.14 ? '1' : '0') },
  ],
  transactions: [
    { name: 'transaction_id', numbered: true, type: 'NUMERIC', cell: (index) => String(7_000_000 + index) },
    { name: 'card', type: 'STRING', cell: (_index, chance) => `XXXX-${1000 + Math.floor(chance() * 9000)}` },
    { name: 'amount', type: 'NUMERIC', cell: money(2_400) },
    { name: 'channel', type: 'STRING', cell: oneOf(channels) },
    { name: 'city', type: 'STRING', cell: oneOf(cities) },
    { name: 'day', type: 'DATE', cell: day },
    { name: 'fraud', type: 'NUMERIC', cell: (_index, chance) => (chance() < 0.004 ? '1' : '0') },
  ],
  readings: [
    { name: 'device', numbered: true, type: 'STRING', cell: (index) => `pump-${String(index % 48).padStart(2, '0')}` },
    { name: 'minute', numbered: true, type: 'NUMERIC', cell: (index) => String(Math.floor(index / 48)) },
    { name: 'temperature', type: 'NUMERIC', cell: (_index, chance) => (20 + 60 * chance()).toFixed(3) },
    { name: 'pressure', type: 'NUMERIC', cell: (_index, chance) => (1 + 4 * chance()).toFixed(4) },
    { name: 'vibration', type: 'NUMERIC', cell: (_index, chance) => (chance() ** 3).toFixed(5) },
  ],
  reviews: [
    { name: 'review_id', numbered: true, type: 'NUMERIC', cell: (index) => String(1 + index) },
    { name: 'stars', type: 'NUMERIC', cell: whole(1, 5) },
    { name: 'day', type: 'DATE', cell: day },
    { name: 'review', type: 'STRING', cell: sentence },
  ],
};

/** The rows of a topic in the format of a kind. */
export function rowsOf(wanted: Generate): Rows {
  const columns = topics[wanted.topic];
  const separator = wanted.kind === 'tsv' ? '\t' : ',';
  const names = columns.map((column) => column.name);
  return { head: headOf(wanted, columns, names.join(separator)), rows: lines(wanted, columns, separator) };
}

function headOf(wanted: Generate, columns: readonly Column[], names: string): string {
  switch (wanted.kind) {
    case 'arff': {
      const type = (column: Column) => (column.type === 'DATE' ? 'DATE "yyyy-MM-dd"' : column.type);
      const attributes = columns.map((column) => `@ATTRIBUTE ${column.name} ${type(column)}`).join('\n');
      return `@RELATION ${wanted.topic}\n\n${attributes}\n\n@DATA\n`;
    }
    case 'text':
      return `Notes on ${wanted.topic}\n\n`;
    default:
      return `${names}\n`;
  }
}

/**
 * The other columns are drawn from this many prepared variants. They are more than fit into the window of deflate, so
 * tables do not compress unrealistically well.
 */
const variants = 4_096;

function* lines(wanted: Generate, columns: readonly Column[], separator: string): Generator<string> {
  const chance = seededRandom(wanted.seed);
  const between = wanted.kind === 'text' ? '; ' : separator;
  const cell = (column: Column, index: number) =>
    `${wanted.kind === 'text' ? `${column.name} ` : ''}${column.cell(index, chance)}`;
  const numbered = columns.filter((column) => column.numbered);
  const varied = columns.filter((column) => !column.numbered);
  const endings = Array.from(
    { length: Math.min(variants, 1 + Math.ceil(wanted.bytes / 16)) },
    () => `${between}${varied.map((column) => cell(column, 0)).join(between)}\n`,
  );
  for (let index = 0; ; index += 1) {
    let line = '';
    for (const column of numbered) line += line === '' ? cell(column, index) : between + cell(column, index);
    yield line + (endings[Math.floor(chance() * endings.length)] ?? '');
  }
}
