import { describe, expect, it } from 'vitest'
import { BudgetError } from '../env.ts'
import type { FeelValue } from '../value.ts'
import { call } from './testing.ts'

describe('FE11 texts are counted by code points', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['substring', ['foobar', 3], 'obar'],
    ['substring', ['foobar', -3, 2], 'ba'],
    ['substring', ['foobar', 3, 10], 'obar'],
    ['substring', ['foobar', 3.8], 'obar'],
    ['substring', ['foobar', 0], null],
    ['substring', ['foobar', -7], null],
    ['substring', ['foobar', 7], ''],
    ['substring', ['foobar', 8], null],
    ['substring', ['foobar', 2, -1], null],
    ['substring', ['\u{1F40E}ab', 2], 'ab'],
    ['substring', ['a\u{1F40E}b', -2, 1], '\u{1F40E}'],
    ['substring', ['审批意见', -2], '意见'],
    ['substring', [null, 1], null],
    ['string length', ['\u{1F40E}ab'], 3],
    ['string length', [''], 0],
    ['string length', [5], null],
    ['upper case', ['aBc4ß'], 'ABC4SS'],
    ['lower case', ['ABC4'], 'abc4'],
    ['substring before', ['foobar', 'bar'], 'foo'],
    ['substring before', ['foobar', 'xyz'], ''],
    ['substring before', ['foobar', ''], ''],
    ['substring after', ['foobar', 'ob'], 'ar'],
    ['substring after', ['foobar', 'xyz'], ''],
    ['substring after', ['foobar', ''], 'foobar'],
    ['substring after', ['', 'a'], ''],
    ['contains', ['foobar', ''], true],
    ['contains', ['foobar', null], null],
    ['starts with', ['foobar', 'fo'], true],
    ['ends with', ['foobar', 'r'], true],
    ['trim', ['  a b '], 'a b'],
    ['is blank', [' \t\u3000'], true],
    ['is blank', [null], null],
    ['to base64', ['FEEL'], 'RkVFTA=='],
    ['to base64', ['中é\u{1F40E}'], '5Litw6nwn5CO'],
    ['to base64', [''], ''],
    ['string join', [['a', null, 'c']], 'ac'],
    ['string join', [['a', 'b'], ', ', '[', ']'], '[a, b]'],
    ['string join', [['a', 'b'], null], 'ab'],
    ['string join', [[]], ''],
    ['string join', [[1, 2], ','], null],
    ['string join', [['a'], 1], null],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toBe(expected)
  })

  it('uuid() is of version 4 and of the evaluation', () => {
    expect(call('uuid')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })
})

describe('FE11 patterns are matched in linear time', () => {
  it.each<[string, FeelValue[], unknown]>([
    ['matches', ['foobar', '^fo*b'], true],
    ['matches', ['foobar', 'oba'], true],
    ['matches', ['FooBar', 'foo', 'i'], true],
    ['matches', ['a\nb', 'a.b'], false],
    ['matches', ['a\nb', 'a.b', 's'], true],
    ['matches', ['a\nb', '^b', 'm'], true],
    ['matches', ['hello world', 'hello\\ s [w] orld # a greeting', 'x'], true],
    ['matches', ['helloworld', 'hello world', 'x'], true],
    ['matches', ['a b', 'a[ ]b', 'x'], true],
    ['matches', ['abc', 'a', 'p'], null],
    ['matches', ['abc', '(a'], null],
    ['matches', ['aa', '(a)\\1'], null],
    ['matches', ['ab', 'a(?=b)'], null],
    ['matches', ['审批', '^[\\u4e00-\\u9fa5]+$'], true],
    ['matches', ['abc', null], null],
    ['replace', ['abcd', '(ab)|(a)', '[1=$1][2=$2]'], '[1=ab][2=]cd'],
    ['replace', ['0123456789', '(\\d{3})(\\d{3})(\\d{4})', '($1) $2-$3'], '(012) 345-6789'],
    ['replace', ['How do you feel?', 'Feel', 'FEEL', 'i'], 'How do you FEEL?'],
    ['replace', ['abc', 'b', '$7'], null],
    ['replace', ['abc', 'b', '$'], null],
    ['replace', ['abc', 'b', '\\$1\\\\'], 'a$1\\c'],
    ['replace', ['abc', 'b', '\\n'], null],
    ['replace', ['abc', '(b)', '<$12>'], 'a<b2>c'],
    ['replace', ['abc', 'b*', '-'], '-a--c-'],
    ['replace', ['a\u{1F40E}b', '.', '[$0]'], '[a][\u{1F40E}][b]'],
    ['split', ['abc', ''], ['a', 'b', 'c', '']],
    ['replace', ['abc', '[', 'x'], null],
    ['split', ['John Doe', '\\s'], ['John', 'Doe']],
    ['split', ['a;b;c;;', ';'], ['a', 'b', 'c', '', '']],
    ['split', ['', ';'], ['']],
    ['split', ['abc', null], null],
    ['extract', ['references are 1234, 1256, 1378', '12[0-9]*'], ['1234', '1256']],
    ['extract', ['abc', 'x'], []],
    ['extract', ['abc', '('], null],
  ])('%s(%j) is %j', (name, args, expected) => {
    expect(call(name, ...args)).toEqual(expected)
  })

  it('FE2 what would run on or grow is a failure', () => {
    expect(() => call('replace', 'a'.repeat(10_000), 'a', 'b'.repeat(100_000))).toThrow(BudgetError)
    expect(() => call('matches', 'a'.repeat(200_000), '(a+)+b')).toThrow(BudgetError)
    expect(() => call('string join', Array(1000).fill('x'.repeat(10_000)), ',')).toThrow(BudgetError)
    expect(() => call('contains', 'a'.repeat(100_000), `${'a'.repeat(1000)}b${'a'.repeat(1000)}`)).toThrow(BudgetError)
    expect(() => call('extract', 'a'.repeat(5_000), 'a(?:.*x)?')).toThrow(BudgetError)
    expect(call('matches', 'a'.repeat(5_000), '(a+)+b')).toBe(false)
    expect(call('matches', 'a', 'a'.repeat(3_000))).toBeNull()
  })
})
