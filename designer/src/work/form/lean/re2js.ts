import { backtracks } from '@bihuan/engine'

/**
 * Patterns of FEEL on a phone: those of the browser, in place of a library half as large as all else a task loads.
 * Only patterns are matched that a browser does not match without end; a form with any other is refused at deploy.
 * Has what the engine uses of RE2JS, under its names.
 */
export class RE2JS {
  static readonly CASE_INSENSITIVE = 1
  static readonly DOTALL = 2
  static readonly MULTILINE = 4

  readonly #pattern: RegExp
  private constructor(pattern: RegExp) {
    this.#pattern = pattern
  }

  /** Throws for what the browser cannot read, and for what it would match without end. */
  static compile(source: string, flags = 0): RE2JS {
    const native = inJavaScript(source)
    if (backtracks(native)) throw new SyntaxError('the pattern goes back without end')
    const letters = `g${flags & RE2JS.CASE_INSENSITIVE ? 'i' : ''}${flags & RE2JS.DOTALL ? 's' : ''}${flags & RE2JS.MULTILINE ? 'm' : ''}`
    return new RE2JS(new RegExp(native, `${letters}u`))
  }

  matcher(text: string): Matcher {
    return new Matcher(this.#pattern, text)
  }
}

const ESCAPED = /\\(?:x\{([0-9a-fA-F]{1,6})\}|([^\w\s^$\\.*+?()[\]{}|/])|([pP])\{(\w{3,})\}|[\s\S])/g

/** Escapes as JavaScript writes them: code points, signs that need none (`\-`), and scripts. */
function inJavaScript(source: string): string {
  return source.replace(ESCAPED, (all, code?: string, sign?: string, letter?: string, script?: string) => {
    if (script !== undefined) return `\\${letter}{Script=${script}}`
    const point = code === undefined ? sign?.codePointAt(0) : Number.parseInt(code, 16)
    if (point === undefined) return all
    return point > 0xffff ? String.fromCodePoint(point) : `\\u${point.toString(16).padStart(4, '0')}`
  })
}

/** Goes from match to match. */
class Matcher {
  readonly #pattern: RegExp
  readonly #matches: RegExpStringIterator<RegExpExecArray>
  #match: RegExpExecArray | null = null

  constructor(pattern: RegExp, text: string) {
    this.#pattern = pattern
    this.#matches = text.matchAll(pattern)
  }

  groupCount(): number {
    return new RegExp(`${this.#pattern.source}|`, this.#pattern.flags).exec('')!.length - 1
  }

  find(): boolean {
    const { done, value } = this.#matches.next()
    this.#match = done ? null : value
    return !done
  }

  group(index = 0): string | undefined {
    return this.#match?.[index]
  }

  start(): number {
    return this.#match?.index ?? -1
  }

  end(): number {
    return this.#match ? this.#match.index + this.#match[0].length : -1
  }
}
