import { columnsOf, papersOf } from '@bihuan/engine'
import type * as Preact from 'preact'
import { st } from '../../i18n/studio.ts'
import type { EditorComponent } from './editor-module.ts'

type Drawn = Preact.ComponentChild

/** How the control of a type looks where forms are laid out: its shape, with nothing to press. */
export function ownPreview(h: typeof Preact.h, type: string): (field: EditorComponent) => Drawn | Drawn[] {
  const box = (inside: string, end?: string): Drawn =>
    h('span', { class: 'own-box' }, [h('span', null, inside), end ? h('small', null, end) : null])
  const dashed = (inside: string, more = ''): Drawn => h('span', { class: `own-dashed ${more}` }, inside)
  const numbers = (labels: readonly string[]): Drawn =>
    h(
      'span',
      { class: 'own-numbers' },
      labels.map((label) => h('span', null, [h('small', null, label), box('')])),
    )

  switch (type) {
    case 'money':
      return () => box('', st('types.preview.yuan'))
    case 'photo':
      return () => dashed(st('types.preview.photo'))
    case 'signature':
      return () => dashed(st('types.preview.sign'), 'tall')
    case 'attendance':
      return () => numbers([st('types.preview.expected'), st('types.preview.present')])
    case 'votes':
      return ({ attendance }) =>
        numbers([
          ...(attendance ? [] : [st('types.preview.present')]),
          st('types.preview.yes'),
          st('types.preview.no'),
          st('types.preview.abstain'),
        ])
    case 'person':
    case 'unit':
      return () => box(st(`types.preview.${type}`))
    case 'attachments':
      return ({ items }) => {
        const papers = papersOf(items)
        if (papers.length === 0) return dashed(st('types.preview.noItems'))
        return h(
          'span',
          { class: 'own-list' },
          papers.map((paper) =>
            h('span', null, [
              h('span', null, paper.name),
              paper.required ? h('b', null, st('types.paperRequired')) : null,
              h('small', null, st('types.preview.upload')),
            ]),
          ),
        )
      }
    case 'rows':
      return ({ columns }) => {
        const read = columnsOf(columns)
        if (read.length === 0) return dashed(st('types.preview.noColumns'))
        const row = (cells: (Drawn | string)[], head: boolean) =>
          h(
            'span',
            { class: head ? 'own-row head' : 'own-row' },
            cells.map((cell) => h('span', null, cell)),
          )
        return h('span', { class: 'own-table' }, [
          row(
            read.map((column) => column.name),
            true,
          ),
          row(
            read.map((column) => column.unit ?? ''),
            false,
          ),
        ])
      }
    default:
      return () => box('')
  }
}
