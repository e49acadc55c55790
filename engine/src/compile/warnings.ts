import type { ParseResult } from 'bpmn-moddle'
import { placeOf, type Report } from './report.ts'

const DRAWING = /^(bpmndi|di|dc|bioc|color):/

/**
 * Judges what the parser merely warns about (decision D8): it drops unknown elements, second uses of an id and
 * references to nothing, so each is an error, except a fault of the drawing alone.
 */
export function judgeWarnings(warnings: ParseResult['warnings'], report: Report): void {
  for (const warning of warnings) {
    const [message = '', line = ''] = warning.message.split('\n').map((part) => part.trim())
    const nested = /nested error: (.*)/.exec(warning.message)?.[1]
    const tag = /unparsable content <\/?([^>\s/]+)/.exec(message)?.[1] ?? ''
    const type = warning.element?.$type ?? tag
    const severity = DRAWING.test(type) ? 'warning' : 'error'
    const place = placeOf(warning.element)
    const duplicate = /duplicate ID <(.*)>/.exec(nested ?? warning.message)?.[1]
    const reference = /unresolved reference <(.*)>/.exec(message)?.[1]
    if (duplicate !== undefined && severity === 'error')
      report.add({ id: duplicate, name: null }, 'DUPLICATE_ID', { id: duplicate })
    else if (reference !== undefined && severity === 'error')
      report.add(place, 'DANGLING_REFERENCE', { property: warning.property ?? type, id: reference })
    else {
      const at = /^line: (\d+)$/.exec(line)?.[1]
      report.add(
        place,
        'MODEL_WARNING',
        {
          message: `${message.replace(' detected', '')}${nested ? `: ${nested}` : ''}`,
          line: at ? Number(at) + 1 : null,
        },
        severity,
      )
    }
  }
}
