import type { Json } from '../../src/record/json.ts'

/** An expression written to hang, to fill the memory or to overflow the stack. */
export interface Worst {
  readonly name: string
  readonly source: string
  readonly variables?: { readonly [name: string]: Json }
}

const numbers = Array.from({ length: 5_000 }, (_, index) => (index * 7_919) % 5_000)
const rows = numbers.map((n) => ({ a: n, b: { c: [n, n + 1] } }))
const rowType = 'list<context<a: number, b: context<c: list<number>>>>'
const letters = 'a'.repeat(5_000)
const page = '审批😀'.repeat(80_000)
const digits = '9'.repeat(400_000)
const book = 'x'.repeat(990_000)
const sequel = `${'x'.repeat(989_999)}y`
const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
/** Doubles `start` sixty times, each step made of the one before by `join`. */
const doubling = (start: string, join: string): string => `for i in 1..60 return if i = 1 then ${start} else ${join}`
const openCalendar = { 'covered from': '0001-01-01', 'covered until': '999999-12-31', holidays: [], workdays: [] }

/**
 * The worst known. Each ends, as a value or as a failure, within 50 ms and 16 MB; which of both is not asked: the
 * table holds the borders that matter. Loops that a budget ends early stand beside ones that just stay inside it.
 */
export const worst: readonly Worst[] = [
  // Loops.
  { name: 'a range without end', source: 'for i in 1..9007199254740991 return i' },
  { name: 'a range past what integers hold', source: 'for i in -(10 ** 30)..10 ** 30 return i' },
  { name: 'a range of days', source: 'for d in @"0001-01-01"..@"9999-12-31" return string(d)' },
  { name: 'loops in loops', source: 'for a in 1..1000, b in 1..1000, c in 1..1000 return a + b + c' },
  { name: 'a loop as long as the budget', source: 'for i in 1..10000 return i / 7' },
  { name: 'copies of what is there so far', source: 'for i in 1..3000 return concatenate(partial, [i])' },
  {
    name: 'a product of three lists',
    source: 'some a in xs, b in xs, c in xs satisfies a + b + c < 0',
    variables: { xs: numbers },
  },
  {
    name: 'every in every',
    source: 'every a in xs satisfies every b in xs satisfies a + b >= 0',
    variables: { xs: numbers },
  },
  { name: 'a filter in a filter', source: 'xs[count(xs[item >= 0]) > 0]', variables: { xs: numbers } },
  {
    name: 'a loop over what it builds',
    source: 'for i in 1..2, j in partial return i',
    variables: { partial: numbers },
  },
  // Recursion.
  { name: 'a function that calls itself without end', source: '{f: function(n) f(n + 1), r: f(0)}.r' },
  { name: 'a function applied to itself', source: '{w: function(x) x(x), r: w(w)}.r' },
  {
    name: 'a function that calls itself twice',
    source: '{f: function(n) if n < 2 then n else f(n - 1) + f(n - 2), r: f(40)}.r',
  },
  // Values that double.
  { name: 'a text that doubles', source: doubling('"审批"', 'partial[-1] + partial[-1]') },
  { name: 'a list that doubles', source: doubling('[1, 2]', 'concatenate(partial[-1], partial[-1])') },
  { name: 'a context that holds itself twice', source: doubling('{a: 1}', '{a: partial[-1], b: partial[-1]}') },
  { name: 'a flattened tower', source: `flatten(${doubling('[1, 2]', '[partial[-1], partial[-1]]')})` },
  {
    name: 'equality of two towers',
    source: `{l: ${doubling('[[1]]', '[partial[-1], partial[-1]]')}, r: ${doubling('[[1]]', '[partial[-1], partial[-1]]')}, e: l = r}.e`,
  },
  {
    name: 'a context that grows by one',
    source: 'for i in 1..3000 return context put(if i = 1 then {} else partial[-1], string(i), i)',
  },
  {
    name: 'contexts merged over and over',
    source:
      'for i in 1..3000 return context merge([if i = 1 then {} else partial[-1], context([{key: string(i), value: partial}])])',
  },
  // Numbers.
  { name: 'a tower of powers', source: 'string(9 ** (9 ** 9)) + string(exp(exp(exp(9))))' },
  { name: 'a remainder of a huge power', source: 'modulo(10 ** 6000, 7) + modulo(10 ** 999999999, 7)' },
  {
    name: 'digits without number',
    source: 'number(digits) * number(digits) + number("0." + digits)',
    variables: { digits },
  },
  {
    name: 'a rounding far behind the point',
    source: 'decimal(1 / 3, 10 ** 15) + round up(1 / 3, 6111) + floor(10 ** 6000)',
  },
  {
    name: 'deviations over and over',
    source: 'for i in xs return stddev(xs) + median(xs)',
    variables: { xs: numbers },
  },
  { name: 'fractional powers', source: 'for i in 1..10000 return (i / 7) ** 0.5' },
  { name: 'exponentials', source: 'for i in 1..10000 return exp(i / 7) + exp(-1000) + log(i)' },
  { name: 'a product of fractions', source: 'product(for i in 1..9000 return 1 + i / 7)' },
  { name: 'powers of many squares', source: 'for i in 1..10000 return 1.0000000000000000001 ** 100000' },
  { name: 'remainders of fractions', source: 'for i in 1..10000 return modulo(i + 0.1, 0.3)' },
  { name: 'digits written over and over', source: 'for i in 1..3000 return string(1.5e-390)' },
  // Texts and patterns.
  { name: 'a pattern that backtracks', source: 'matches(t + "!", "^(a+)+$")', variables: { t: letters } },
  { name: 'a pattern of repetitions', source: 'matches(t, "^((a{0,99}){0,99}){0,99}$")', variables: { t: letters } },
  { name: 'a pattern as long as a book', source: 'matches("a", p)', variables: { p: '(a|b)'.repeat(100_000) } },
  { name: 'a replacement that squares', source: 'replace(t, "", t)', variables: { t: letters } },
  { name: 'a text split into letters', source: 'count(split(page, ""))', variables: { page } },
  { name: 'letters counted one by one', source: 'for i in 1..9999 return substring(page, i, 1)', variables: { page } },
  {
    name: 'capitals over and over',
    source: 'for i in 1..9999 return string length(upper case(page))',
    variables: { page },
  },
  {
    name: 'a joint larger than its parts',
    source: 'string join(for i in 1..9999 return t, t)',
    variables: { t: letters },
  },
  { name: 'JSON over and over', source: 'for x in xs return from json(to json(xs))', variables: { xs: numbers } },
  { name: 'JSON without floor', source: 'flatten(from json(deep)) = from json(deep)', variables: { deep } },
  { name: 'books compared', source: 'for i in 1..9999 return book = sequel', variables: { book, sequel } },
  { name: 'books in order', source: 'for i in 1..9999 return book < sequel', variables: { book, sequel } },
  {
    name: 'books between books',
    source: 'for i in 1..9999 return book in [sequel..sequel]',
    variables: { book, sequel },
  },
  {
    name: 'flags as long as a book',
    source: 'for i in 1..9000 return matches("a", "b", flags)',
    variables: { flags: 'i'.repeat(990_000) },
  },
  { name: 'a pattern for each number', source: 'for i in 1..999 return matches("aaaa", "a" + string(i) + "(b|c)*")' },
  {
    name: 'groups over and over',
    source: `for i in 1..99 return replace("aaaaaaaaaa", "(a)", "${'$1'.repeat(900)}")`,
  },
  { name: 'a range of dots', source: `for i in 1..999 return range("[${' .. '.repeat(240)}")` },
  { name: 'identifiers', source: 'for i in 1..9999 return uuid()' },
  // Large values looked through.
  {
    name: 'a type asked over and over',
    source: `for i in 1..1000 return rows instance of ${rowType}`,
    variables: { rows },
  },
  { name: 'a text of rows over and over', source: 'for i in 1..1000 return string(rows)', variables: { rows } },
  { name: 'equality of rows', source: 'for r in rows return rows = append(rows, r)', variables: { rows } },
  {
    name: 'one more entry in a wide context',
    source: 'for i in 1..1000 return context put(wide, "x", i)',
    variables: { wide: Object.fromEntries(numbers.map((n) => [`k${n}`, n])) },
  },
  // Lists.
  { name: 'an order that is none', source: 'sort(xs, function(a, b) true)', variables: { xs: numbers } },
  {
    name: 'a costly order',
    source: 'sort(xs, function(a, b) count(xs[item < a]) < count(xs[item < b]))',
    variables: { xs: numbers },
  },
  {
    name: 'contexts with a book for a name',
    source: 'for i in 1..9999 return count(distinct values([shelf, shelf]))',
    variables: { shelf: { [book]: 1 } },
  },
  { name: 'distinct contexts', source: 'distinct values(for x in xs return {a: [x]})', variables: { xs: numbers } },
  { name: 'places of every item', source: 'for x in xs return index of(xs, x)', variables: { xs: numbers } },
  // Time.
  {
    name: 'zones over and over',
    source:
      'for i in 1..9000 return string(date and time(@"1950-01-01" + i * duration("P1D"), time("02:30:00@Europe/Berlin")))',
  },
  { name: 'a date past its last', source: 'date("999999999-12-31") + duration("P999999999Y") * 10 ** 20' },
  {
    name: 'working days without end',
    source: 'add working days(@"2026-01-01", 10 ** 15, calendar)',
    variables: { calendar: openCalendar },
  },
  { name: 'months added in a zone', source: 'for i in 1..9000 return @"2026-01-01T00:00:00@Europe/Berlin" + @"P1M"' },
  {
    name: 'hours taken off in a zone',
    source: 'for i in 1..9000 return @"2026-01-01T00:00:00@Europe/Berlin" - @"PT1H"',
  },
  { name: 'durations stretched and divided', source: 'for i in 1..9000 return @"P9999999999D" * 1.0000000001 / 3' },
  // Depth.
  { name: 'brackets in brackets', source: `${'['.repeat(3_000)}1${']'.repeat(3_000)}` },
  { name: 'signs before signs', source: `${'- '.repeat(1_000)}1` },
  { name: 'a chain of sums', source: `1${' + 1'.repeat(590)}` },
  { name: 'choices in choices', source: `${'if x then 1 else '.repeat(230)}2` },
]
