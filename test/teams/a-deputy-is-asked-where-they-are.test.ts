import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AssetSource } from '../../src/domain/asset-source.ts';
import type { Person } from '../../src/domain/people.ts';
import { chatPeople } from '../../src/emulators/graph/sample-people.ts';
import { confirmDeputy, endDeputy, proposeDeputy } from '../../src/requests/deputyships.ts';
import { press } from '../../src/requests/press.ts';
import { describeOnEachDatabase, type OpenedDatabase } from '../harness/databases.ts';
import { Outbox } from '../harness/outbox.ts';
import { cardText, personalChat, Teams } from '../harness/teams.ts';
import { adele, alex, isaiah, megan } from '../harness/world.ts';

const channel = '19:approvers@thread.tacv2';

describeOnEachDatabase('the deputy of an approver', (open) => {
  let opened: OpenedDatabase;
  let teams: Teams;
  let outbox: Outbox;
  let [asker, away, deputy, administrator] = [] as unknown as [Person, Person, Person, Person];

  beforeAll(async () => {
    opened = await open();
    teams = await Teams.start(chatPeople);
    const roles = { approvers: [adele.email], administrators: [megan.email] };
    outbox = new Outbox(opened, teams, {} as AssetSource, channel, roles);
    [asker, away] = [await outbox.meet(alex), await outbox.meet(adele)];
    [deputy, administrator] = [await outbox.meet(isaiah), await outbox.meet(megan)];
    await outbox.meet(adele, channel, 'channel');
  });
  afterAll(async () => {
    await teams.stop();
    await opened.close();
  });

  async function asked(): Promise<number> {
    const { number, version } = await outbox.preview(asker, personalChat(alex), 'personal');
    await press(outbox.services, asker, { request: number, version, choice: 'delete' });
    await outbox.pass(5);
    return number;
  }
  const about = (conversationId: string, number: number) =>
    teams.messages(conversationId).filter(({ card }) => cardText(card).includes(`DSR-${number}`));

  it('is mentioned in the channel where they are a member, for whom they decide, and asked in their own chat', async () => {
    const { services, clock } = outbox;
    const startsAt = clock.now();
    const time = { startsAt, endsAt: startsAt + 86_400_000, timeZone: 'UTC' };
    const { deputyship } = await proposeDeputy(services, administrator, { away, deputy, ...time });
    await confirmDeputy(services, administrator, deputyship?.number ?? 0);
    const first = await asked();
    expect(about(channel, first)[0]?.text).toBe(
      'To decide: <at>Adele Vance</at> and <at>Isaiah Langer</at> (for Adele Vance)',
    );
    expect(about(channel, first)[0]?.mentioned).toEqual([adele.id, isaiah.id]);
    expect(cardText(about(personalChat(isaiah), first)[0]?.card ?? null)).toContain('You decide for Adele Vance.');
    expect(about(personalChat(adele), first)).toEqual([]);
    teams.roster.set(isaiah, null, channel);
    const second = await asked();
    expect(about(channel, second)[0]?.text).toBe('To decide: <at>Adele Vance</at>');
    expect(about(personalChat(isaiah), second)).toHaveLength(1);
    await endDeputy(services, administrator, deputyship?.number ?? 0);
    const third = await asked();
    expect(about(personalChat(isaiah), third)).toEqual([]);
  });
});
