import { describe, expect, it } from 'vitest'
import { scanXml, xmlLimits } from './scan.ts'

const codes = (xml: string) => scanXml(xml, 'a.bpmn').map((problem) => [problem.code, problem.facts.what ?? null])

describe('scanXml (I01, I02)', () => {
  it('accepts an ordinary document with comments, CDATA, and > in attributes', () => {
    expect(
      codes('<?xml version="1.0"?><!-- <a><!DOCTYPE --><a x="1 > 0" y=\'"\'><b/><![CDATA[<!DOCTYPE x>]]></a>'),
    ).toEqual([])
  })
  it('refuses DOCTYPE and entities, with the line', () => {
    const [problem] = scanXml('<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', 'a.bpmn')
    expect(problem).toMatchObject({ code: 'DOCTYPE_NOT_ALLOWED', facts: { line: 2 }, resource: 'a.bpmn' })
  })
  it('refuses 20,000 namespace declarations, 100,000 elements, 100,000 levels and 100 MB quickly', () => {
    const namespaces = Array.from({ length: 20_000 }, (_, i) => `xmlns:n${i}="u${i}"`).join(' ')
    expect(codes(`<a ${namespaces}/>`)).toEqual([['RESOURCE_TOO_LARGE', 'namespaces']])
    expect(codes(`<a>${'<b/>'.repeat(100_000)}</a>`)).toEqual([['RESOURCE_TOO_LARGE', 'elements']])
    expect(codes('<a>'.repeat(100_000))).toEqual([['RESOURCE_TOO_LARGE', 'depth']])
    expect(codes(`<a>${' '.repeat(100_000_000)}</a>`)).toEqual([['RESOURCE_TOO_LARGE', 'bytes']])
  })
  it('counts bytes, not characters', () => {
    expect(codes(`<a>${'村'.repeat(xmlLimits.bytes / 3)}</a>`)).toEqual([['RESOURCE_TOO_LARGE', 'bytes']])
  })
  it('refuses control characters and a text without elements', () => {
    expect(codes('<a>\u0000</a>')).toEqual([['XML_UNREADABLE', null]])
    expect(codes('村民')).toEqual([['XML_UNREADABLE', null]])
  })
})
