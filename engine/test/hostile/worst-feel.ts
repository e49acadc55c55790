import type { Worst } from '../feel/worst.ts'

const thousand = Array.from({ length: 1_000 }, (_, index) => index)
const people = thousand.map((id) => ({ id, name: `p${id}`, tags: ['a', 'b', 'c'], unit: { level: 'village', id } }))
const wide = Object.fromEntries(thousand.map((n) => [`key ${n}`, n]))
const long = 'ab'.repeat(100_000)
const lines = 'line\n'.repeat(20_000)

/** A function `f` that is called with `start`. */
const calling = (body: string, start: string) => `{f: ${body}, r: f(${start})}.r`

/** A second set beside `test/feel/worst.ts`: other ways to hang, to fill the memory or the stack. */
export const worstFeel: readonly Worst[] = [
  // Loops that hide.
  { name: 'a range backwards without end', source: 'for i in 1000000000..-1000000000 return i' },
  { name: 'a range of fractions', source: 'for i in 0.1..1000000000.9 return i' },
  { name: 'five loops of ten', source: 'for a in 1..10, b in 1..10, c in 1..10, d in 1..10, e in 1..10 return a' },
  { name: 'a loop over its own results', source: 'for i in 1..10000 return count(partial) + sum(partial)' },
  {
    name: 'a loop in the range of a loop',
    source: 'for i in 1..count(for j in 1..9999 return j) return for k in 1..i return k',
  },
  {
    name: 'a loop in a condition',
    source: 'if (some i in 1..10000 satisfies every j in 1..10000 satisfies i < j) then 1 else 2',
  },
  { name: 'a loop in an argument', source: 'sum(for i in 1..10000 return sum(for j in 1..10000 return j))' },
  {
    name: 'a loop in a key of a filter',
    source: 'xs[count(for i in 1..item return i) > 2]',
    variables: { xs: thousand },
  },
  {
    name: 'a filter in a loop in a filter',
    source: 'xs[count(for x in xs return xs[item = x]) > 0]',
    variables: { xs: thousand },
  },
  {
    name: 'a test in a filter in a filter',
    source: 'people[count(people[tags[item = "a"] != []]) > 1]',
    variables: { people },
  },
  { name: 'paths through lists of lists', source: 'for p in people return people.unit.id', variables: { people } },
  { name: 'contains over and over', source: 'for x in xs return list contains(xs, -1)', variables: { xs: thousand } },
  { name: 'ranges compared in loops', source: 'for i in 1..10000 return overlaps([1..i], [i..10000])' },
  {
    name: 'an iteration of dates without end',
    source: 'for d in date("2000-01-01")..date("9999-12-31") return d + duration("P1D")',
  },
  // Recursion that hides.
  { name: 'functions that call each other', source: '{a: function(n) b(n), b: function(n) a(n), r: a(1)}.r' },
  { name: 'a function in a list that calls itself', source: calling('function(n) [f(n + 1)]', '0') },
  { name: 'a function in a context that calls itself', source: calling('function(n) {x: f(n + 1)}', '0') },
  {
    name: 'a function that calls itself in a loop',
    source: calling('function(n) for i in 1..10 return f(n + i)', '0'),
  },
  { name: 'a function that calls itself in a filter', source: calling('function(n) [1, 2, 3][f(item) > 0]', '0') },
  {
    name: 'a function that calls itself as an order',
    source: 'sort([3, 1, 2], function(a, b) sort([2, 1], function(c, d) c < d)[1] < a)',
  },
  {
    name: 'a function of Ackermann',
    source:
      '{f: function(m, n) if m = 0 then n + 1 else if n = 0 then f(m - 1, 1) else f(m - 1, f(m, n - 1)), r: f(4, 2)}.r',
  },
  { name: 'a function that hands itself on', source: '{f: function(g, n) g(g, n + 1), r: f(f, 0)}.r' },
  { name: 'a count that goes too deep', source: calling('function(n) if n = 0 then 0 else 1 + f(n - 1)', '100000') },
  // Values that grow.
  {
    name: 'a text that grows threefold',
    source: 'for i in 1..40 return if i = 1 then "abc" else partial[-1] + partial[-1] + partial[-1]',
  },
  {
    name: 'replacements that double',
    source: 'for i in 1..40 return if i = 1 then "a" else replace(partial[-1], "a", "aa")',
  },
  {
    name: 'a joined text of joined texts',
    source: 'for i in 1..40 return if i = 1 then "a" else string join([partial[-1], partial[-1]], partial[-1])',
  },
  {
    name: 'a list appended to itself',
    source: 'for i in 1..40 return if i = 1 then [1] else append(partial[-1], partial[-1])',
  },
  {
    name: 'a union that doubles',
    source: 'for i in 1..40 return if i = 1 then [1] else concatenate(partial[-1], partial[-1], partial[-1])',
  },
  { name: 'a list put in front of itself', source: 'for i in 1..9999 return insert before(partial, 1, partial)' },
  { name: 'contexts in contexts', source: 'for i in 1..9999 return if i = 1 then {a: 1} else {a: partial[-1]}' },
  {
    name: 'put in put',
    source: 'for i in 1..9999 return context put(if i = 1 then {} else partial[-1], ["a", "b", string(i)], i)',
  },
  { name: 'entries of entries', source: 'for i in 1..2000 return get entries(wide)', variables: { wide } },
  { name: 'a wide context merged', source: 'for i in 1..2000 return context merge([wide, wide])', variables: { wide } },
  { name: 'JSON of JSON', source: 'for i in 1..30 return if i = 1 then "\\"" else to json(partial[-1])' },
  {
    name: 'a text of a tower',
    source: 'string(for i in 1..30 return if i = 1 then [1] else [partial[-1], partial[-1]])',
  },
  { name: 'duplicates of everything', source: 'for i in 1..9999 return reverse(people)', variables: { people } },
  { name: 'one of each', source: 'for i in 1..2000 return union(people, people)', variables: { people } },
  {
    name: 'a partition of a large list',
    source: 'for i in 1..9999 return partition(xs, 1)',
    variables: { xs: thousand },
  },
  // Numbers and time.
  { name: 'powers of powers of powers', source: '2 ** 2 ** 2 ** 2 ** 2 ** 2' },
  { name: 'a root of a huge number', source: 'sqrt(10 ** 6000) + log(10 ** 6000)' },
  { name: 'a factorial', source: 'product(1..9999)' },
  { name: 'a number of a million digits', source: `1${'0'.repeat(9_000)} + 1` },
  { name: 'a remainder by almost nothing', source: 'modulo(10 ** 34, 10 ** -6000)' },
  { name: 'a duration past all time', source: 'duration("P999999999999999999Y") * 999999999' },
  { name: 'a date minus all time', source: '@"0001-01-01" - duration("P99999999Y")' },
  { name: 'a week of a year that is none', source: 'week of year(date(999999999, 12, 31))' },
  { name: 'offsets past the day', source: 'for i in 1..9999 return time(string(modulo(i, 24)) + ":00:00+99:99")' },
  // Texts.
  { name: 'nested repetitions against lines', source: 'matches(t, "^(line\\\\s*)*$", "m")', variables: { t: lines } },
  { name: 'a pattern that looks everywhere', source: 'matches(t, "(.*)(.*)(.*)(.*)(.*)c")', variables: { t: long } },
  {
    name: 'a pattern of a thousand choices',
    source: 'replace(t, "a|b|ab|ba|aba|bab|abab|baba", "")',
    variables: { t: long },
  },
  { name: 'a pattern made by the text', source: 'matches(t, t)', variables: { t: long } },
  { name: 'a text split by all it has', source: 'count(split(t, "a|b|ab"))', variables: { t: long } },
  { name: 'an extract of everything', source: 'count(extract(t, ".{0,9}"))', variables: { t: long } },
  { name: 'substrings from behind', source: 'for i in 1..9999 return substring(t, -i, i)', variables: { t: long } },
  { name: 'texts before texts', source: 'for i in 1..9999 return substring before(t, "c")', variables: { t: long } },
  // Source text.
  { name: 'brackets of all kinds', source: `${'([{a:'.repeat(300)}1${'}])'.repeat(300)}` },
  { name: 'a path without end', source: `a${'.b'.repeat(2_000)}` },
  { name: 'filters behind filters', source: `[1]${'[1]'.repeat(800)}` },
  { name: 'calls of calls', source: `${'abs('.repeat(800)}1${')'.repeat(800)}` },
  {
    name: 'a function of many parameters',
    source: `function(${Array.from({ length: 500 }, (_, i) => `p${i}`).join(', ')}) 1`,
  },
  { name: 'a quote that never ends', source: `"${'\\"'.repeat(4_000)}` },
  { name: 'comments that never end', source: `1 ${'/* '.repeat(3_000)}` },
  { name: 'tests of tests', source: `1 in (${'not('.repeat(300)}1${')'.repeat(300)})` },
  { name: 'between between', source: `1 between ${'1 between '.repeat(300)}1 and 2` },
]
