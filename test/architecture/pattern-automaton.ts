import { CharSet, JS } from 'refa';

/** One character of a pattern. The lookarounds of one character hold for all characters of its set, or for none. */
interface Position {
  readonly set: CharSet;
  /** In how many ways each position can come next. Two ways to the same one are an ambiguity of their own. */
  readonly follow: Map<number, number>;
}

/** A pattern as its position (Glushkov) automaton: one state a character, entered by that character. */
export interface Automaton {
  readonly positions: readonly Position[];
  /** States behind which the pattern has matched, whatever comes next. */
  readonly accepts: ReadonlySet<number>;
  /** Bodies of longer lookarounds, each with an automaton of its own. */
  readonly lookarounds: readonly Automaton[];
}

/** What two neighbours must be for the place between them to match: at `^` and `$` there is none on one side. */
interface Between {
  readonly before: CharSet;
  readonly after: CharSet;
}

interface Edge {
  readonly at: number;
  readonly between: Between;
}

/** A piece of a pattern. `through` tells where it can match no character at all, if `matchesNothing` says that it can. */
interface Piece {
  readonly first: readonly Edge[];
  readonly last: readonly Edge[];
  readonly matchesNothing: 'never' | 'perhaps' | 'surely';
  readonly through: readonly Between[];
  readonly accepts: readonly number[];
}

type Concatenation = ReturnType<JS.Parser['parse']>['expression']['alternatives'][number];
type Element = Concatenation['elements'][number];
type Lookaround = Extract<Element, { type: 'Assertion' }>;
type Repetition = Extract<Element, { type: 'Quantifier' }>;

const certainty = ['never', 'perhaps', 'surely'] as const;
/** Repetitions up to this many are written out; more of anything but a single character count as endless. */
const mostCopies = 6;

/** Builds the automaton of a pattern. A search (no `y` flag) begins with a loop over any character. */
export function automatonOf(source: string, flags: string): Automaton {
  const parser = JS.Parser.fromLiteral({ source, flags: flags.replace(/[gyd]/gu, '') });
  const { expression, maxCharacter } = parser.parse({
    assertions: 'parse',
    backreferences: 'disable',
  });
  return build(expression.alternatives, !flags.includes('y'), maxCharacter);
}

function build(alternatives: readonly Concatenation[], isSearch: boolean, maxCharacter: number): Automaton {
  const all = CharSet.all(maxCharacter);
  const none = CharSet.empty(maxCharacter);
  const anywhere: Between = { before: all, after: all };
  const nothing: Piece = { first: [], last: [], matchesNothing: 'surely', through: [anywhere], accepts: [] };
  const positions: Position[] = [];
  const lookarounds: Automaton[] = [];
  const kinds = partition(all, alternatives.flatMap(neighboursAskedFor));

  const character = (set: CharSet): Piece => {
    const made = kinds
      .map((kind) => set.intersect(kind))
      .filter((part) => !part.isEmpty)
      .map((part) => positions.push({ set: part, follow: new Map() }) - 1);
    const edges = made.map((at) => ({ at, between: anywhere }));
    return { first: edges, last: edges, matchesNothing: 'never', through: [], accepts: made };
  };
  const link = (from: readonly Edge[], to: readonly Edge[]) => {
    for (const left of from) {
      for (const right of to) {
        const { before, after } = both(left.between, right.between);
        const one = positions[left.at] as Position;
        const other = positions[right.at] as Position;
        if (!one.set.isSubsetOf(before) || !other.set.isSubsetOf(after)) continue;
        one.follow.set(right.at, (one.follow.get(right.at) ?? 0) + 1);
      }
    }
  };
  const inTurn = (left: Piece, right: Piece): Piece => {
    link(left.last, right.first);
    return {
      first: left.matchesNothing === 'never' ? left.first : [...left.first, ...behind(right.first, left.through)],
      last: right.matchesNothing === 'never' ? right.last : [...right.last, ...behind(left.last, right.through)],
      matchesNothing: least(left.matchesNothing, right.matchesNothing),
      through: left.through.flatMap((one) => right.through.map((other) => both(one, other))),
      accepts: right.matchesNothing === 'surely' ? [...left.accepts, ...right.accepts] : right.accepts,
    };
  };
  const oneOf = (choices: readonly Concatenation[], inLoop: boolean): Piece => {
    const pieces = choices.map(({ elements }) => elements.map((each) => piece(each, inLoop)).reduce(inTurn, nothing));
    const open = pieces.filter(({ matchesNothing }) => matchesNothing !== 'never');
    return {
      first: pieces.flatMap(({ first }) => first),
      last: pieces.flatMap(({ last }) => last),
      matchesNothing: open.reduce<Piece['matchesNothing']>(
        (most, each) => greatest(most, each.matchesNothing),
        'never',
      ),
      through: open.flatMap(({ through }) => through),
      accepts: pieces.flatMap(({ accepts }) => accepts),
    };
  };
  const loop = (body: Piece): Piece => {
    link(body.last, body.first);
    return body;
  };
  const optional = (body: Piece): Piece => ({ ...body, matchesNothing: 'surely', through: [anywhere] });
  const repeated = ({ alternatives: choices, min, max }: Repetition, inLoop: boolean): Piece => {
    const isCharacter = choices.length === 1 && choices[0]?.elements.length === 1 && max !== Number.POSITIVE_INFINITY;
    const isEndless = max > mostCopies && !(isCharacter && choices[0]?.elements[0]?.type === 'CharacterClass');
    const once = () => oneOf(choices, inLoop || max > 1);
    const sure = Array.from({ length: Math.min(min, mostCopies) - (isEndless && min > 0 ? 1 : 0) }, once);
    const rest = isEndless
      ? [min === 0 ? optional(loop(once())) : loop(once())]
      : [nested(Math.min(max, mostCopies) - Math.min(min, mostCopies), once)];
    return [...sure, ...rest].reduce(inTurn, nothing);
  };
  // (x(x(x)?)?)?: written one after the other, the same text would be matched in several ways.
  const nested = (times: number, once: () => Piece): Piece => {
    if (times <= 0) return nothing;
    const one = once();
    return optional(inTurn(one, nested(times - 1, once)));
  };
  const piece = (element: Element, inLoop: boolean): Piece => {
    switch (element.type) {
      case 'CharacterClass':
        return character(element.characters);
      case 'Alternation':
        return oneOf(element.alternatives, inLoop);
      case 'Quantifier':
        return repeated(element, inLoop);
      case 'Assertion': {
        const neighbour = askedOf(element);
        if (neighbour === null) {
          lookarounds.push(build(element.alternatives, isSearch || inLoop, maxCharacter));
          return { ...nothing, matchesNothing: 'perhaps' };
        }
        // A negated lookaround also holds at the text's end, where the matcher has nothing to try again.
        const allowed = element.negate ? (neighbour.equals(all) ? none : neighbour.negate()) : neighbour;
        const between = element.kind === 'ahead' ? { before: all, after: allowed } : { before: allowed, after: all };
        return { ...nothing, matchesNothing: 'perhaps', through: [between] };
      }
      default:
        return nothing;
    }
  };

  const search = isSearch ? optional(loop(character(all))) : nothing;
  const whole = inTurn(search, oneOf(alternatives, false));
  return { positions, accepts: new Set(whole.accepts), lookarounds };
}

function both(one: Between, other: Between): Between {
  return { before: one.before.intersect(other.before), after: one.after.intersect(other.after) };
}

function behind(edges: readonly Edge[], through: readonly Between[]): readonly Edge[] {
  return edges.flatMap(({ at, between }) => through.map((more) => ({ at, between: both(between, more) })));
}

function least(one: Piece['matchesNothing'], other: Piece['matchesNothing']): Piece['matchesNothing'] {
  return certainty[Math.min(certainty.indexOf(one), certainty.indexOf(other))] ?? 'never';
}

function greatest(one: Piece['matchesNothing'], other: Piece['matchesNothing']): Piece['matchesNothing'] {
  return certainty[Math.max(certainty.indexOf(one), certainty.indexOf(other))] ?? 'never';
}

/** The neighbour that a lookaround of one character asks for; null for longer ones. */
function askedOf({ alternatives }: Lookaround): CharSet | null {
  const sets = alternatives.map(({ elements }) => (elements.length === 1 ? elements[0] : undefined));
  return sets.reduce<CharSet | null>((sum, each, index) => {
    if (each?.type !== 'CharacterClass' || (index > 0 && sum === null)) return null;
    return sum === null ? each.characters : sum.union(each.characters);
  }, null);
}

/** All neighbours that the lookarounds of a pattern ask for; `\b` and `^` are lookarounds to the parser. */
function neighboursAskedFor({ elements }: Concatenation): CharSet[] {
  return elements.flatMap((element) => {
    if (element.type === 'Assertion') return askedOf(element) ?? [];
    return element.type === 'Alternation' || element.type === 'Quantifier'
      ? element.alternatives.flatMap(neighboursAskedFor)
      : [];
  });
}

/** The coarsest parts of `all` such that each set is a union of some of them. */
function partition(all: CharSet, sets: readonly CharSet[]): CharSet[] {
  return sets.reduce<CharSet[]>(
    (parts, set) => parts.flatMap((part) => [part.intersect(set), part.without(set)]).filter((part) => !part.isEmpty),
    [all],
  );
}
