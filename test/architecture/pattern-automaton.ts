import { CharSet, JS } from 'refa';

/** One character of a pattern. A lookaround of one character either holds for all characters of the set or for none. */
interface Position {
  readonly set: CharSet;
  /** The number of paths to each position that can come next. Two paths to the same position are an ambiguity. */
  readonly follow: Map<number, number>;
}

/** A pattern as a position (Glushkov) automaton: one state per character, entered by that character. */
export interface Automaton {
  readonly positions: readonly Position[];
  /** States after which the pattern has matched, whatever follows. */
  readonly accepts: ReadonlySet<number>;
  /** Automata of the bodies of lookarounds longer than one character. */
  readonly lookarounds: readonly Automaton[];
}

/** Conditions on the two characters around a position; at `^` and `$` there is no character on one side. */
interface Between {
  readonly before: CharSet;
  readonly after: CharSet;
}

interface Edge {
  readonly at: number;
  readonly between: Between;
}

/** A part of a pattern. If `matchesNothing` says that it can match the empty string, `through` says where. */
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
/**
 * Maximum number of repetitions that are expanded. More repetitions count as unlimited, except those of a single
 * character.
 */
const mostCopies = 6;

/**
 * Builds the automaton of a pattern. An unanchored search (without the `y` flag) starts with a loop over any character.
 */
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
  // Nested as (x(x(x)?)?)?, since x?x?x? would match the same text in several ways.
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
        // A negated lookaround also holds at the end of the text, but there the matcher has nothing left to try.
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

/** The adjacent character that a lookaround of one character requires; null for longer lookarounds. */
function askedOf({ alternatives }: Lookaround): CharSet | null {
  const sets = alternatives.map(({ elements }) => (elements.length === 1 ? elements[0] : undefined));
  return sets.reduce<CharSet | null>((sum, each, index) => {
    if (each?.type !== 'CharacterClass' || (index > 0 && sum === null)) return null;
    return sum === null ? each.characters : sum.union(each.characters);
  }, null);
}

/** All adjacent characters that the lookarounds of a pattern require; the parser treats `\b` and `^` as lookarounds. */
function neighboursAskedFor({ elements }: Concatenation): CharSet[] {
  return elements.flatMap((element) => {
    if (element.type === 'Assertion') return askedOf(element) ?? [];
    return element.type === 'Alternation' || element.type === 'Quantifier'
      ? element.alternatives.flatMap(neighboursAskedFor)
      : [];
  });
}

/** The coarsest partition of `all` in which each set is a union of parts. */
function partition(all: CharSet, sets: readonly CharSet[]): CharSet[] {
  return sets.reduce<CharSet[]>(
    (parts, set) => parts.flatMap((part) => [part.intersect(set), part.without(set)]).filter((part) => !part.isEmpty),
    [all],
  );
}
