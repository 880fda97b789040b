/**
 * What the templates in `cards/` are composed of, in the language of `adaptivecards-templating`: a string holds
 * bindings such as `${title}`, `$data` repeats an element for each item of a list, `$when` leaves it out.
 */
export type Element = Readonly<Record<string, unknown>>;

/** A whole template. Every card is read aloud by `spoken`, and shown as it where cards are not. */
export function card({ refresh, body, actions }: { refresh?: Element; body: Element[]; actions?: Element[] }): Element {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    lang: 'en',
    fallbackText: '${spoken}',
    speak: '${spoken}',
    ...(refresh === undefined ? {} : { refresh }),
    body,
    ...(actions === undefined ? {} : { actions }),
  };
}

/** Text of the bot's own, which may hold Markdown; names never stand in it. */
export function text(words: string, more: Element = {}): Element {
  return { type: 'TextBlock', text: words, wrap: true, ...more };
}

/** Small and subtle: what kind of card it is, until when something holds. */
export function smallText(words: string, more: Element = {}): Element {
  return text(words, { size: 'Small', isSubtle: true, ...more });
}

/** One piece of literal text; only such pieces hold names. */
export function run(words: string, more: Element = {}): Element {
  return { type: 'TextRun', text: words, ...more };
}

/** The pieces of a list of strings, one after the other. */
export function runsOf(list: string, more: Element = {}): Element {
  return { $data: `\${${list}}`, type: 'TextRun', text: '${$data}', ...more };
}

/** A paragraph of pieces. */
export function paragraph(inlines: Element[], more: Element = {}): Element {
  return { type: 'RichTextBlock', inlines, ...more };
}

/** Elements that belong together. */
export function group(items: Element[], more: Element = {}): Element {
  return { type: 'Container', items, ...more };
}

/** Buttons beside each other, in the body. */
export function buttons(actions: Element[], more: Element = {}): Element {
  return { type: 'ActionSet', actions, ...more };
}

/** The first lines of a card: what kind it is (small), and its title in large letters. */
export function header(): Element[] {
  return [smallText('${eyebrow}'), titleLine()];
}

/** The title in large letters, from the pieces in `title`. */
export function titleLine(): Element {
  return paragraph([runsOf('title', { size: 'Large', weight: 'Bolder' })], { spacing: 'None' });
}

/** One subtle line under the title, from the pieces of a list. */
export function subtitleLine(list = 'subtitle', more: Element = {}): Element {
  return paragraph([runsOf(list, { isSubtle: true })], { spacing: 'None', ...more });
}

/** A field for a few words; what is written is sent with every button of the card, under `id`. */
export function input(id: string, label: string, maxLength: number, more: Element = {}): Element {
  return { type: 'Input.Text', id, label, maxLength, spacing: 'Medium', ...more };
}

/** The field for a reason, with why it is asked for; `asksForReason` says whether there is one. */
export function reasonField(): readonly Element[] {
  return [
    paragraph([runsOf('reasonWhy')], { $when: '${asksForReason}', spacing: 'Medium' }),
    input('reason', 'Why it is to be deleted (needed to confirm)', 500, {
      $when: '${asksForReason}',
      isMultiline: true,
    }),
  ];
}

/** What answers a request: the request, its version, and what was chosen, and nothing else. */
export function choose(title: string, choice: string, more: Element = {}, data: Element = {}): Element {
  return {
    type: 'Action.Execute',
    title,
    verb: 'choose',
    data: { request: '${request}', version: '${version}', choice, ...data },
    ...more,
  };
}

/** As `choose`, inside something repeated, where the request stands at the root of the data. */
export function chooseInRow(title: string, choice: string, more: Element = {}, data: Element = {}): Element {
  const root = { request: '${$root.request}', version: '${$root.version}' };
  return { ...choose(title, choice, more), data: { ...root, choice, ...data } };
}

/** Has Teams ask for the card's newest state when somebody of `refreshFor` sees it. */
export function refresh(data: Element = {}): Element {
  return { action: choose('Refresh', 'refresh', {}, data), userIds: '${refreshFor}' };
}

/** As `refresh`, keeping the pages that are open. */
export function refreshPages(): Element {
  return refresh({ pages: '${pages}' });
}

/** Where one is in a list, with buttons to its other pages. */
export function pageTurner(turn: string, more: Element = {}): Element {
  const button = chooseInRow(
    '${title}',
    'page',
    { tooltip: '${tooltip}', isEnabled: '${isEnabled}' },
    { pages: '${pages}' },
  );
  return group(
    [text('${where}', { isSubtle: true }), buttons([{ $data: '${turns}', ...button }], { spacing: 'Small' })],
    { $data: `\${${turn}}`, spacing: 'Small', ...more },
  );
}

/** Says that what was confirmed has changed since, and what. */
export function changedNotice(words: string): Element {
  const changes = paragraph([runsOf('words')], { $data: '${changes}', spacing: 'Small' });
  return group([text(words, { weight: 'Bolder' }), changes], {
    $when: '${hasChanged}',
    style: 'warning',
    spacing: 'Medium',
  });
}

/** The parts of an archive, each with its link where there is one. */
export function archiveParts(): Element {
  return group(
    [
      paragraph([run('${label}', { weight: 'Bolder' }), run('${detail}', { isSubtle: true })]),
      buttons([{ type: 'Action.OpenUrl', title: '${button}', url: '${url}' }], {
        $when: '${hasUrl}',
        spacing: 'Small',
      }),
    ],
    { $data: '${parts}', separator: true, spacing: 'Small' },
  );
}

/** A row of a table. */
export function tableRow(cells: Element[][], more: Element = {}): Element {
  return { type: 'TableRow', cells: cells.map((items) => ({ type: 'TableCell', items })), ...more };
}

/** How many there are of each kind and how large they are, with their sum. */
export function totalsTable(): Element {
  const right = { width: 2, horizontalCellContentAlignment: 'Right' };
  const subtle = (words: string) => [text(words, { isSubtle: true })];
  const bold = (words: string) => [text(words, { weight: 'Bolder' })];
  return {
    $when: '${hasTotals}',
    type: 'Table',
    showGridLines: false,
    firstRowAsHeaders: true,
    columns: [{ width: 3 }, right, right],
    rows: [
      tableRow([subtle('Kind'), subtle('Number'), subtle('Size')]),
      tableRow([[text('${kind}')], [text('${count}')], [text('${size}')]], { $data: '${totals}' }),
      tableRow([bold('Total'), bold('${sumCount}'), bold('${sumSize}')], { $when: '${hasSum}' }),
    ],
  };
}

/** One of several things to choose from: its name, a detail, and the button. */
export function optionRow(): Element {
  return group(
    [
      paragraph([runsOf('title', { weight: 'Bolder' })]),
      subtitleLine('detail', { $when: '${hasDetail}' }),
      buttons([chooseInRow('Choose', '${id}', { tooltip: '${tooltip}' })], { spacing: 'Small' }),
    ],
    { $data: '${options}', separator: true, spacing: 'Small' },
  );
}

/** On the card of a run of a schedule: how it came about, and how the schedule goes on. */
export function scheduleLine(): Element {
  return paragraph([runsOf('scheduleNote')], { $when: '${hasSchedule}', spacing: 'Medium' });
}

/** A button about a schedule: which one, its version, and what was chosen, and nothing else. */
export function chooseSchedule(title: string, choice: string, more: Element = {}): Element {
  return {
    type: 'Action.Execute',
    title,
    verb: 'schedule',
    data: { schedule: '${schedule}', version: '${version}', choice },
    ...more,
  };
}

/** A button about the link of an address, with the preview that it is about. */
export function chooseAddress(title: string, choice: string, more: Element = {}): Element {
  return { type: 'Action.Execute', title, verb: 'address', data: { change: '${change}', choice }, ...more };
}

/** A button about a legal hold, with its number. */
export function chooseHold(title: string, choice: string, more: Element = {}): Element {
  return { type: 'Action.Execute', title, verb: 'hold', data: { hold: '${hold}', choice }, ...more };
}

/** A button about the preview of lifting a hold. */
export function chooseLift(title: string, choice: string, more: Element = {}): Element {
  return { type: 'Action.Execute', title, verb: 'hold', data: { lift: '${lift}', choice }, ...more };
}

/** A button about a deputy, with the deputyship that it is about. */
export function chooseDeputy(title: string, choice: string, more: Element = {}): Element {
  return { type: 'Action.Execute', title, verb: 'deputy', data: { deputyship: '${deputyship}', choice }, ...more };
}

/** Until when the card's question is open. */
export function expiryLine(): Element {
  return smallText('${expiry}', { spacing: 'Medium' });
}

/** An archive on a card of something else: its title, its parts with their links, and how long they are kept. */
export function archiveGroup(): Element {
  return group(
    [
      text('${archiveTitle}', { weight: 'Bolder' }),
      archiveParts(),
      pageTurner('partsTurn'),
      smallText('${archiveNote}'),
    ],
    { $when: '${hasArchive}', spacing: 'Medium', separator: true },
  );
}

/** What was verified, with a tick. */
export function checkedLine(): Element {
  const column = (width: string, item: Element) => ({ type: 'Column', width, items: [item] });
  return {
    type: 'ColumnSet',
    $when: '${isChecked}',
    spacing: 'Medium',
    columns: [column('auto', text('✔', { color: 'Good', weight: 'Bolder' })), column('stretch', text('${check}'))],
  };
}

/** Several requests, one below the other; tapping one shows its status. */
export function requestRows(): Element {
  return {
    $data: '${requests}',
    type: 'ColumnSet',
    selectAction: { type: 'Action.Execute', title: 'Open ${id}', verb: 'say', data: { text: 'status of ${id}' } },
    separator: true,
    spacing: 'Small',
    columns: [
      { type: 'Column', width: '20px', items: [text('${icon}', { color: '${colour}', weight: 'Bolder' })] },
      {
        type: 'Column',
        width: 'stretch',
        items: [
          paragraph([run('${id}  ', { weight: 'Bolder', color: 'Accent' }), runsOf('what')]),
          smallText('${state}', { spacing: 'None' }),
        ],
      },
    ],
  };
}
