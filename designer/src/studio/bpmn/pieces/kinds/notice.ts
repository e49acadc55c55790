import type { FieldDictionary } from '@bihuan/engine'
import { st } from '../../../../i18n/studio.ts'
import { writeNoticeFields } from '../../sentence/feel/notice-fields.ts'
import type { Fragment } from '../fragment.ts'
import { feelText, job, mapping, stage, timer } from '../parts.ts'
import { namesFor, type PieceContext } from '../piece-context.ts'

/** Days a notice stands when nobody has said otherwise. */
const DAYS = 7

/** 公示: the fields of grade 公开 are published, and the case waits until the last day is over. */
export function notice(context: PieceContext): Fragment {
  const id = namesFor(context).group('notice', ['key', 'until', 'wait'])
  const name = st('pieces.kind.notice')
  return {
    nodes: [
      {
        id: id(),
        type: 'bpmn:ServiceTask',
        name,
        x: 0,
        y: 0,
        extensions: [
          job('bihuan.notice'),
          mapping(
            [
              ['kind', '="publicity"'],
              ['title', context.caseTitle ?? `=${feelText(context.processName)}`],
              ['number', '=case.number'],
              ['text', `=${feelText(st('pieces.element.noticeText'))}`],
              ['fields', writeNoticeFields(shown(context.dictionary))],
              ['photos', '=[]'],
              ['days', `=${DAYS}`],
            ],
            [
              [id('key'), '=noticeKey'],
              [id('until'), '=publishedUntil'],
            ],
          ),
          stage(name),
        ],
      },
      {
        id: id('wait'),
        type: 'bpmn:IntermediateCatchEvent',
        name: st('pieces.element.noticeOver'),
        x: 118,
        y: 0,
        attributes: { eventDefinitions: [timer('timeDate', `=${id('until')}`)] },
      },
    ],
    flows: [{ id: `${id()}_posted`, source: id(), target: id('wait') }],
    roots: [],
    entry: id(),
    exit: { source: id('wait') },
    main: id(),
    fields: [],
    access: {},
  }
}

const SHOWN = new Set(['text', 'longText', 'number', 'money', 'date', 'choice'])

/** What is fit for the board without a second thought: fields of grade 公开 that are one line or one text. */
const shown = (dictionary: FieldDictionary) =>
  dictionary.fields.filter((field) => field.grade === 'public' && SHOWN.has(field.kind))
