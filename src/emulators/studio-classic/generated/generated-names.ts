import { mixed } from './ids.ts';
import type { GeneratedKind, Generation } from './plan.ts';

/**
 * Makes the random numbers of one kind independent of those of the others. Part of every id, so never change a value.
 */
export const series: Readonly<Record<GeneratedKind | 'annotations', number>> = {
  datasets: 1,
  experiments: 2,
  models: 3,
  transforms: 4,
  modules: 5,
  projects: 6,
  notebooks: 7,
  webServices: 8,
  annotations: 9,
};

const subjects = [
  'churn',
  'Orders',
  'customer survey',
  'sensor readings',
  'Retention Q3',
  'web logs',
  'weather',
  'prices',
  'Kundenumfrage',
  'données clients',
  'Pedidos São Paulo',
  'sprzedaż Kraków',
  'Müşteri listesi',
  'Đơn hàng',
  'Πελάτες',
  'Продажи',
  'مبيعات',
  'לקוחות',
  'बिक्री',
  'ยอดขาย',
  '顧客データ',
  '销售记录',
  '고객 설문',
  '📈 forecast',
  'the "final" one',
  "it's done",
];
const attributes = ['cleaned', 'raw', '2016', '2017', '2018', '2019', 'v2', 'copy', 'tmp', 'EU', 'old', 'new', 'test'];

/** A name. One in sixteen has no number, so that names repeat. */
export function nameOf(seed: number, kind: GeneratedKind, place: number): string {
  const chance = mixed(seed, series[kind], place, 11);
  const subject = subjects[chance % subjects.length] ?? '';
  if ((chance >>> 8) % 16 === 0) return subject;
  return `${subject} ${attributes[(chance >>> 16) % attributes.length] ?? ''} ${place + 1}`;
}

/** The person who made it. */
export function personOf(plan: Generation, kind: GeneratedKind, place: number): string {
  return plan.people[mixed(plan.seed, series[kind], place, 12) % plan.people.length] ?? '';
}

/** When it was made: a whole second between the plan's `from` and `to`, plus `laterBy` seconds but never after `to`. */
export function momentOf(plan: Generation, kind: GeneratedKind, place: number, laterBy = 0): number {
  const seconds = (plan.to - plan.from) / 1000;
  const chance = mixed(plan.seed, series[kind], place, 13) / 0x1_0000_0000;
  return plan.from + 1000 * Math.min(Math.floor(seconds), Math.floor(chance * seconds * 0.98) + laterBy);
}
