import { describe, expect, it } from 'vitest'
import isEqual from './is-equal.ts'
import { renderMarkdown } from './markdown.ts'

describe('Markdown of a form', () => {
  it.each([
    ['# A\ntext', '<h1>A</h1>\n<p>text</p>'],
    ['one\ntwo\n\nthree', '<p>one<br>two</p>\n<p>three</p>'],
    ['- a\n- **b**', '<ul><li>a</li><li><strong>b</strong></li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['---', '<hr>'],
    ['> said', '<blockquote><p>said</p></blockquote>'],
    ['*it* and `x*y*z`', '<p><em>it</em> and <code>x*y*z</code></p>'],
    ['2 * 3 * 4', '<p>2 * 3 * 4</p>'],
    ['[law](https://example.org/a?b=1&c=2)', '<p><a href="https://example.org/a?b=1&amp;c=2">law</a></p>'],
  ])('%s', (source, html) => {
    expect(renderMarkdown(source)).toBe(html)
  })
  it('I09 shows markup as text and makes no link that runs', () => {
    expect(renderMarkdown('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>')
    expect(renderMarkdown('[x](javascript:alert(1))')).not.toContain('<a')
    expect(renderMarkdown('[x](https://a"onmouseover="b)')).not.toContain('"onmouseover')
  })
})

describe('equality of form values', () => {
  it.each([
    [[1, { a: [2] }], [1, { a: [2] }], true],
    [{ a: undefined }, {}, false],
    [[], {}, false],
    [Number.NaN, Number.NaN, true],
    [new Date(1), new Date(1), true],
    ['1', 1, false],
    [null, {}, false],
  ])('%j %j', (one, other, same) => {
    expect(isEqual(one, other)).toBe(same)
  })
})
