import { expect, it } from 'vitest'
import { costOf } from './cost.ts'

const fault = (source: string): string | null => {
  const cost = costOf(source)
  return 'fault' in cost ? cost.fault : null
}

it.each([
  'for i in 1..n return i',
  'count(for i in 1..1.5 return i)',
  'for i in 1..(if n > 5 then 5 else n) return i',
  'for i in 1..max(0, min(n, 100)) return i',
  'some x in [1..n] satisfies x > 3',
  'for x in {a: [1..n]}.a return x',
  'for x in (for y in [1] return [1..n]) return for z in x return z',
  'for x in range("[1..1000000000]") return x',
  'for i in 1..min(n, 10) return i',
  'list[count(for i in 1..n return i) > 3]',
  'for i in 1..3 return rows[count(for j in 1..i return j) > 0]',
  '{f: function(x) x}.f(1)',
  'append([], function(g) 1)[1]',
])('%s has no end that could be told (I05)', (source) => {
  expect(fault(source)).toBe('endless')
})

it.each([
  'for i in 1..1000000000 return i',
  'for a in rows return for b in rows return for c in rows return 1',
  'for a in rows, b in rows, c in rows return 1',
  'for i in 1..40 return partial[-1] + partial[-1]',
  'for i in 1..40 return partial',
  '{a: "xxxxxxxxxxxxxxxx", b: a+a, c: b+b, d: c+c, e: d+d, f: e+e, g: f+f, h: g+g, i: h+h, j: i+i, k: j+j, l: k+k, m: l+l, n: m+m, o: n+n, p: o+o, q: p+p, r: q+q, s: r+r}.s',
  '{a: [1,1], b: [a,a], c: [b,b], d: [c,c], e: [d,d], f: [e,e], g: [f,f], h: [g,g], i: [h,h], j: [i,i], k: [j,j], l: [k,k], m: [l,l], n: [m,m], o: [n,n], p: [o,o]} = x',
  'replace(replace(replace(t, "x", "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"), "y", u), "z", u)',
  'sort(for a in rows, b in rows return a, function(a, b) count(a.list[item = b]) > 1)',
  `${'('.repeat(60)}1${')'.repeat(60)}`,
  `a${' + a'.repeat(700)}`,
])('%s is too much', (source) => {
  expect(fault(source)).toBe('large')
})

it.each([
  'matches(t, "(a+)+$")',
  'matches(pattern: rule, input: "a")',
  'matches(t, rule)',
  'split(t, "(,|,)+x")',
  'replace(t, "^(\\w+\\s?)*$", "")',
])('%s has a pattern that goes back', (source) => {
  expect(fault(source)).toBe('pattern')
})

it.each([
  '3 * present >= 2 * expected',
  'for i in 1..12 return i * 2',
  'for i in 1..count(rows) return rows[i].amount',
  'for i in 1..max(0, min(floor(n), 100)) return i',
  'for i in 1..string length(name) return substring(name, i, 1)',
  'for i in 1..3, j in 1..i return i + j',
  'sum(for a in rows return a.price * a.count)',
  'for a in rows return count(rows[item.kind = a.kind])',
  'every a in rows satisfies a.amount > 0 and some b in parts satisfies b.key = a.key',
  'for i in 1..30 return sum(partial) + i',
  'for a in rows return partial[-1] + a.amount',
  'sort(rows, function(a, b) a.amount < b.amount)',
  'string join(rows.name, "、")',
  'if is defined(a) and matches(a, "^1[3-9]\\d{9}$") then 1 else 2',
  'x in [1..n]',
  'string(a) + "、" + string(b)',
  'distinct values(rows.kind)',
  'for c in "a".."z" return c',
  '读不通 (',
  '',
])('%s may be shown', (source) => {
  expect(fault(source)).toBe(null)
})
