/** The places of a pattern that take a character (Glushkov's automaton), and which may come after which. */
export interface Automaton {
  /** For each place those that may follow, with the number of ways (two at most are told apart). */
  readonly follow: readonly ReadonlyMap<number, number>[]
  /** Whether some character is taken by both. */
  readonly meets: (a: number, b: number) => boolean
}

/** A part of a pattern. Places stand as often as there are ways to them. */
interface Part {
  /** Ways to pass without a character. */
  readonly empty: number
  readonly first: readonly number[]
  readonly last: readonly number[]
}

class Unreadable extends Error {}

const MOST_PLACES = 400
const MOST_DEPTH = 40
/** Ways to a place that are kept apart. */
const MOST_WAYS = 2
/** From this number on a repetition is as good as one without end. */
const MANY = 8
const PASSES: Part = { empty: 1, first: [], last: [] }
/** Characters that tell the usual classes apart, beside those the pattern names. */
const SAMPLES = [...'09azAZ_- \t\n.,:/@+()"#中〇é！']

/** Reads a pattern; null for one with look-around, back-references or faults, and for very long ones. */
export function automatonOf(source: string): Automaton | null {
  if (source.length > 1_000) return null
  try {
    const reader = new PatternReader(source)
    reader.read()
    const samples = [...new Set([...SAMPLES, ...source])]
    const takes = reader.atoms.map((atom) => {
      const test = new RegExp(`^(?:${atom})$`, 'u')
      return samples.map((sample) => test.test(sample))
    })
    return {
      follow: reader.follow,
      meets: (a, b) => takes[a]!.some((taken, index) => taken && takes[b]![index]),
    }
  } catch {
    return null
  }
}

class PatternReader {
  readonly atoms: string[] = []
  readonly follow: Map<number, number>[] = []
  readonly #source: string
  #at = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
  }

  read(): void {
    this.#either()
    if (this.#at < this.#source.length) throw new Unreadable()
  }

  #either(): Part {
    this.#depth += 1
    if (this.#depth > MOST_DEPTH) throw new Unreadable()
    let all = this.#sequence()
    while (this.#take('|')) {
      const next = this.#sequence()
      all = {
        empty: Math.min(MOST_WAYS, all.empty + next.empty),
        first: [...all.first, ...next.first],
        last: [...all.last, ...next.last],
      }
    }
    this.#depth -= 1
    return all
  }

  #sequence(): Part {
    let all = PASSES
    while (this.#at < this.#source.length && !'|)'.includes(this.#source[this.#at]!))
      all = this.#then(all, this.#item())
    return all
  }

  #then(a: Part, b: Part): Part {
    for (const from of a.last) for (const to of b.first) this.#link(from, to)
    return {
      empty: Math.min(MOST_WAYS, a.empty * b.empty),
      first: few([...a.first, ...times(b.first, a.empty)]),
      last: few([...b.last, ...times(a.last, b.empty)]),
    }
  }

  /** An atom with its repetition. A counted one is written out, shortened: what matters is whether ways differ. */
  #item(): Part {
    const from = this.#at
    const part = this.#atom()
    const to = this.#at
    const repeat = this.#repeat()
    if (!repeat) return part
    const { least, most } = repeat
    if (most >= MANY && Number.isFinite(most) && part.empty > 0) throw new Unreadable()
    const isOne = part.first.length <= 1 && this.#source[from] !== '('
    if (most === 0) return PASSES
    if (!Number.isFinite(most) || (most >= MANY && !(isOne && least === most))) {
      for (const last of part.last) for (const first of part.first) this.#link(last, first)
      return least === 0 ? { ...part, empty: 1 } : part
    }
    if (most === 1) return least === 0 ? { ...part, empty: Math.min(MOST_WAYS, part.empty + 1) } : part
    const copies = [part]
    const end = this.#at
    const wanted = Math.min(most, 3)
    while (copies.length < wanted) {
      this.#at = from
      copies.push(this.#atom())
      if (this.#at !== to) throw new Unreadable()
    }
    this.#at = end
    const needed = least === most ? wanted : Math.min(least, wanted - 1)
    return copies.reduceRight<Part>((rest, copy, index) => {
      const both = index === copies.length - 1 ? copy : this.#then(copy, rest)
      return index < needed ? both : { ...both, empty: 1 }
    }, PASSES)
  }

  #atom(): Part {
    const from = this.#at
    if (this.#take('(')) {
      if (this.#take('?') && !this.#take(':') && !this.#name()) throw new Unreadable()
      const inner = this.#either()
      if (!this.#take(')')) throw new Unreadable()
      return inner
    }
    if (this.#take('^') || this.#take('$')) return PASSES
    if (this.#take('[')) {
      while (this.#at < this.#source.length && this.#source[this.#at] !== ']')
        this.#at += this.#source[this.#at] === '\\' ? 2 : 1
      if (!this.#take(']')) throw new Unreadable()
    } else if (this.#take('\\')) {
      const kind = this.#source[this.#at]
      this.#at += 1
      if (kind === undefined || /[1-9k]/.test(kind)) throw new Unreadable()
      if (kind === 'b' || kind === 'B') return PASSES
      const more = { p: /^\{[^}]*\}/, P: /^\{[^}]*\}/, u: /^(\{[\da-f]+\}|[\da-f]{4})/i, x: /^[\da-f]{2}/i }[kind]
      this.#at += more?.exec(this.#source.slice(this.#at))?.[0].length ?? 0
    } else if ('*+?{'.includes(this.#source[this.#at]!)) throw new Unreadable()
    else this.#at += this.#source.codePointAt(this.#at)! > 0xffff ? 2 : 1
    return this.#place(this.#source.slice(from, this.#at))
  }

  #place(atom: string): Part {
    if (this.atoms.length >= MOST_PLACES) throw new Unreadable()
    const place = this.atoms.push(atom.replace(/^\\([^\w^$\\.*+?()[\]{}|/-])$/u, '$1').replace(/^[}\]]$/, '\\$&')) - 1
    this.follow.push(new Map())
    return { empty: 0, first: [place], last: [place] }
  }

  #repeat(): { readonly least: number; readonly most: number } | null {
    const found = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at))
    if (!found) return null
    this.#at += found[0].length
    const [sign, least, comma, most] = found
    if (sign[0] === '*') return { least: 0, most: Number.POSITIVE_INFINITY }
    if (sign[0] === '+') return { least: 1, most: Number.POSITIVE_INFINITY }
    if (sign[0] === '?') return { least: 0, most: 1 }
    return {
      least: Number(least),
      most: comma === '' ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most),
    }
  }

  #name(): boolean {
    const found = /^P?<[A-Za-z_]\w*>/.exec(this.#source.slice(this.#at))
    this.#at += found?.[0].length ?? 0
    return found !== null
  }

  #take(sign: string): boolean {
    if (!this.#source.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }

  #link(from: number, to: number): void {
    const ways = this.follow[from]!
    ways.set(to, Math.min(MOST_WAYS, (ways.get(to) ?? 0) + 1))
  }
}

const times = (places: readonly number[], ways: number): readonly number[] =>
  Array.from({ length: ways }, () => places).flat()

/** Each place as often as ways are told apart. */
function few(places: readonly number[]): readonly number[] {
  const counts = new Map<number, number>()
  return places.filter((place) => {
    const count = (counts.get(place) ?? 0) + 1
    counts.set(place, count)
    return count <= MOST_WAYS
  })
}
