import { readParametersFile } from '@bihuan/engine'
import { describe, expect, it } from 'vitest'
import village from '../../../../examples/village-decision/parameters.yaml?raw'
import {
  addParameter,
  changeParameter,
  isParameterName,
  type Parameter,
  readParameters,
  removeParameter,
  renameParameter,
  valueForType,
  valueOfText,
} from './parameter-file.ts'

/** Lines that only one of the texts has. */
function difference(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')]
  return [
    ...a.filter((line) => !b.includes(line)).map((line) => `-${line}`),
    ...b.filter((line) => !a.includes(line)).map((line) => `+${line}`),
  ]
}

const added: Parameter = {
  name: 'quorum',
  zh: 'Q',
  en: 'Quorum',
  type: 'integer',
  value: 3,
  unit: '',
  mark: 'P',
  source: 'practice',
}

describe('the file of parameters', () => {
  it('is read with titles in two languages, types and marks', () => {
    const list = readParameters(village) ?? []
    expect(list).toHaveLength(15)
    expect(list.find(({ name }) => name === 'publicity_days')).toMatchObject({
      en: 'Days a resolution is disclosed',
      type: 'integer',
      value: 7,
      unit: 'day',
      mark: 'P',
    })
    expect(list.find(({ name }) => name === 'online_ballot')).toMatchObject({ type: 'boolean', value: false, unit: '' })
    expect(readParameters('parameters: [{name: 1}]')).toBeNull()
    expect(readParameters('')).toEqual([])
  })
  it('changes in one line and keeps every other, comments too', () => {
    const after = changeParameter(village, 'publicity_days', { value: 9 })
    expect(difference(village, after)).toEqual(['+    default: 9'])
    expect(after.split('\n')).toHaveLength(village.split('\n').length)
    expect(after).toContain(village.split('\n')[0])
    expect(readParameters(changeParameter(village, 'publicity_days', { en: 'X', unit: '' }))?.[7]).toMatchObject({
      en: 'X',
      unit: '',
    })
    expect(changeParameter(village, 'nobody', { value: 9 })).toBe(village)
  })
  it('gives a parameter another name in one line', () => {
    const after = renameParameter(village, 'publicity_days', 'disclosure_days')
    expect(difference(village, after)).toEqual(['-  - name: publicity_days', '+  - name: disclosure_days'])
    expect(renameParameter(village, 'nobody', 'x')).toBe(village)
  })
  it('takes a new one at its end and lets one go', () => {
    const more = addParameter(village, added)
    expect(readParameters(more)?.at(-1)).toEqual(added)
    expect(removeParameter(more, 'quorum')).toBe(village)
    const first = addParameter('', added)
    expect(readParameters(first)).toEqual([added])
    expect(readParameters(removeParameter(first, 'quorum'))).toEqual([])
    expect(readParametersFile('parameters.yaml', removeParameter(first, 'quorum')).problems).toEqual([])
  })
})

describe('values', () => {
  it('are taken only in their type', () => {
    expect(valueOfText('7', 'integer')).toBe(7)
    expect(valueOfText('7.5', 'integer')).toBeNull()
    expect(valueOfText('7.5', 'number')).toBe(7.5)
    expect(valueOfText('true', 'boolean')).toBe(true)
    expect(valueOfText('2026-13-01', 'date')).toBeNull()
    expect(valueOfText(' ', 'text')).toBeNull()
  })
  it('go over to another type where they fit', () => {
    expect(valueForType(7, 'text')).toBe('7')
    expect(valueForType('many', 'integer')).toBe(1)
    expect(valueForType(true, 'date')).toBe('2026-01-01')
  })
  it('are named as FEEL reads them', () => {
    expect(isParameterName('publicity_days')).toBe(true)
    expect(isParameterName('7days')).toBe(false)
  })
})
