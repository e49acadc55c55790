/** What the engine does not call of decimal.js, so that phones need not load it: angles, other bases, other roots. */
const METHODS = [
  'clamp',
  'cos',
  'cbrt',
  'cosh',
  'sinh',
  'tanh',
  'acos',
  'acosh',
  'asinh',
  'atanh',
  'asin',
  'atan',
  'sin',
  'tan',
  'toBinary',
  'toFraction',
  'toHex',
  'toNearest',
  'toOctal',
]

/** Functions beside the class that say what its methods say: `Decimal.add(a, b)`. */
const STATICS = /^ {2}Decimal\.(?!prototype|config|clone|isDecimal)[a-z]\w* = \w+;.*\n/gm

/** Digits of the natural logarithm of ten; 34 of a result need no more than these. */
const LN10_DIGITS = 120

/** Texts in other bases, which no expression writes. */
const OTHER_BASES = 'isDecimal.test(v) ? parseDecimal(x, v) : parseOther(x, v)'

/**
 * decimal.js without those. Throws when the text that is cut out is gone.
 *
 * @param code of `decimal.mjs`
 */
export function leanDecimal(code: string): string {
  let lean = code.replaceAll('\r\n', '\n')
  for (const method of METHODS) {
    const start = new RegExp(`^P\\.(?:\\w+ = P\\.)?${method} = function`, 'm').exec(lean)?.index ?? -1
    const end = lean.indexOf('\n};\n', start)
    if (start < 0 || end < 0) throw new Error(`decimal.js no longer has "${method}"`)
    lean = lean.slice(0, start) + lean.slice(end + 4)
  }
  const ln10 = /LN10 = '(2\.\d+)'/.exec(lean)?.[1]
  if (!ln10 || !STATICS.test(lean) || !lean.includes(OTHER_BASES)) throw new Error('decimal.js is written otherwise')
  const others = 'isDecimal.test(v) ? parseDecimal(x, v) : (() => { throw Error(invalidArgument + v) })()'
  return lean.replace(ln10, ln10.slice(0, LN10_DIGITS)).replace(STATICS, '').replace(OTHER_BASES, others)
}
