import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { line, model, node } from '../../src/testing/index.ts'
import { findings, refusals, refusedDecisions } from './tools.ts'
import { largestXml, worstXml } from './worst-xml.ts'

const plain = model(node('startEvent', 'start') + node('endEvent', 'end') + line('start', 'end'))
const [declaration = '', body = ''] = plain.split('?>').map((part, index) => (index === 0 ? `${part}?>` : part))
const dmn = (content: string) =>
  `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">${content}</definitions>`
const external = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
const bomb = `<!DOCTYPE d [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY a${i} "${`&a${i === 0 ? '' : i - 1};`.repeat(10)}">`).join('')}]>`

/** A DOCTYPE wherever one may be written, and where it may not. */
const doctypes: readonly (readonly [string, string])[] = [
  ['before the root', declaration + external + body],
  ['with a bomb of entities', declaration + bomb + body.replace('name="Process"', 'name="&a19;"')],
  ['in small letters', declaration + external.replace('DOCTYPE', 'doctype') + body],
  ['with a line break in it', declaration + external.replace('DOCTYPE d', 'DOCTYPE\n\td') + body],
  ['of an external DTD', `${declaration}<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">${body}`],
  ['of a public DTD', `${declaration}<!DOCTYPE d PUBLIC "-//X//Y" "http://127.0.0.1:1/x.dtd">${body}`],
  ['with parameter entities', `${declaration}<!DOCTYPE d [<!ENTITY % p SYSTEM "http://127.0.0.1:1/"> %p;]>${body}`],
  ['without a declaration before it', external + body],
  ['after a comment', `${declaration}<!-- a -->${external}${body}`],
  ['after a processing instruction', `${declaration}<?a b?>${external}${body}`],
  ['after a comment that seems to go on', `${declaration}<!--> <!-- -->${external}${body}`],
  ['after the root', plain + external],
  ['inside the root', plain.replace('<bpmn:process', `${external}<bpmn:process`)],
  ['after CDATA', plain.replace('<bpmn:startEvent', `<![CDATA[ ]]>${external}<bpmn:startEvent`)],
  ['an entity alone', plain.replace('<bpmn:process', '<!ENTITY x "y"><bpmn:process')],
  ['an element declaration alone', `${declaration}<!ELEMENT a ANY>${body}`],
  ['CDATA that is none', plain.replace('<bpmn:process', '<![cdata[ ]]><bpmn:process')],
]

describe('a DOCTYPE', () => {
  test.each(doctypes)('I01 %s is refused before any parser reads it', async (_, xml) => {
    expect(await findings(xml)).toEqual(['DOCTYPE_NOT_ALLOWED'])
  })
  test('I01 DM1 in a decision table is refused too', async () => {
    expect(await refusedDecisions(external + dmn(''))).toEqual(['DOCTYPE_NOT_ALLOWED'])
  })
  test.each([
    ['a comment', `<!-- ${external} -->`],
    ['CDATA', `<bpmn:documentation><![CDATA[${external}]]></bpmn:documentation>`],
    ['a processing instruction', '<?note <!DOCTYPE d?>'],
  ])('I01 that is only written in %s is text', async (_, text) => {
    expect(await refusals(plain.replace('<bpmn:startEvent', `${text}<bpmn:startEvent`))).toEqual([])
  })
})

/** Texts as a reader of bytes may hand them on. */
const encodings: readonly (readonly [string, string, readonly string[]])[] = [
  ['a byte order mark before the declaration', `\ufeff${plain}`, []],
  ['UTF-16 bytes taken for characters', [...plain].map((one) => `${one}\u0000`).join(''), ['XML_UNREADABLE']],
  ['UTF-16 bytes the other way round', [...plain].map((one) => `\u0000${one}`).join(''), ['XML_UNREADABLE']],
  ['UTF-16 with its mark read as Latin-1', `\u00ff\u00fe${plain}`, ['MODEL_WARNING']],
  ['a declaration of UTF-16', plain.replace('UTF-8', 'UTF-16'), ['MODEL_WARNING']],
  ['a declaration of UTF-7', plain.replace('UTF-8', 'UTF-7'), ['MODEL_WARNING']],
  ['UTF-7 for a DOCTYPE', `+ADwAIQ-DOCTYPE x+AD4-${plain}`, ['MODEL_WARNING']],
  ['a DOCTYPE written with references', `&lt;!DOCTYPE x&gt;${plain}`, ['MODEL_WARNING']],
  ['XML 1.1', plain.replace('version="1.0"', 'version="1.1"'), []],
  ['NUL', plain.replace('Process', 'Pro\u0000cess'), ['XML_UNREADABLE']],
  ['the last code point', plain.replace('name="Process"', 'name="\uffff"'), ['XML_UNREADABLE']],
  ['half a character', plain.replace('name="Process"', 'name="\ud83d"'), ['XML_UNREADABLE']],
  ['NUL as a reference', plain.replace('name="Process"', 'name="&#0;"'), ['XML_UNREADABLE']],
  ['a reference past Unicode', plain.replace('name="Process"', 'name="&#x110000;"'), ['XML_UNREADABLE']],
  ['a reference to half a character', plain.replace('name="Process"', 'name="&#xD83D;"'), ['XML_UNREADABLE']],
  ['an entity nobody declared, which stays a text', plain.replace('name="Process"', 'name="&evil;"'), []],
]

describe('characters', () => {
  test.each(encodings)('I01 I02 %s', async (_, xml, codes) => {
    expect(await refusals(xml)).toEqual(codes)
  })
})

describe('too much of anything', () => {
  test.each(worstXml)('I02 $name is refused with $code', async ({ xml, code }) => {
    expect(await refusals(xml())).toEqual([code])
  })
  test.each(worstXml)('I02 DM2 $name is refused as a decision table too', async ({ xml }) => {
    const text = xml().replace(
      'http://www.omg.org/spec/BPMN/20100524/MODEL',
      'https://www.omg.org/spec/DMN/20191111/MODEL/',
    )
    expect(await refusedDecisions(text)).toHaveLength(1)
  })
})

describe('as much as there may be', () => {
  test.each(largestXml)('I02 $name: read to the end', async ({ xml }) => {
    const { problems } = await compile(xml(), 'a.bpmn')
    expect(problems.map(({ code }) => code)).not.toContain('RESOURCE_TOO_LARGE')
  })
})

/** Texts that are no XML, or not the XML they seem to be. */
const broken: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['spaces', '   \n'],
  ['a text', '流程'],
  ['JSON', '{"process": 1}'],
  ['a tag without end', plain.slice(0, plain.indexOf('targetNamespace'))],
  ['a root without end', plain.replace('</bpmn:definitions>', '')],
  ['a comment without end', plain.replace('<bpmn:startEvent', '<!-- <bpmn:startEvent')],
  ['CDATA without end', plain.replace('<bpmn:startEvent', '<![CDATA[ <bpmn:startEvent')],
  ['an attribute without end', plain.replace('id="start"', 'id="start')],
  ['two roots', plain + body],
  [
    'closing tags crossed',
    plain.replace('</bpmn:process>', '').replace('</bpmn:definitions>', '</bpmn:definitions></bpmn:process>'),
  ],
  ['an attribute twice', plain.replace('id="start"', 'id="start" id="start"')],
  ['a prefix nobody declared', plain.replace('<bpmn:startEvent', '<evil:a/><bpmn:startEvent')],
  ['another root', '<html><body/></html>'],
  ['a decision table', dmn('<decision id="a" name="a"/>')],
  ['a BPMN root in no namespace', plain.replace(/xmlns:bpmn="[^"]+"/, 'xmlns:bpmn=""')],
  ['an attribute without a value', plain.replace('id="start"', 'id=start')],
  ['tags without names', plain.replace('<bpmn:startEvent', '< ><bpmn:startEvent')],
]

describe('what is no XML', () => {
  test.each(broken)('I02 I03 %s is refused with words, never thrown', async (_, xml) => {
    expect((await refusals(xml)).length).toBeGreaterThan(0)
  })
  test.each(broken.filter(([name]) => name !== 'a decision table'))(
    'I02 DM1 %s is no decision table either',
    async (_, xml) => {
      expect((await refusedDecisions(xml)).length).toBeGreaterThan(0)
    },
  )
})
