/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { modelWriter } from '@bihuan/engine/testing'
import type { Moddle } from 'bpmn-js/lib/model/Types'
import { describe, expect, it } from 'vitest'

const village = new URL('../../../../examples/village-decision/process.bpmn', import.meta.url)

/** What another tool may have written: its own namespaces in extensions and attributes, at all places. */
const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:acme="http://acme.example/1" xmlns:bihuan="http://bihuan.org/schema/bpmn/1.0" id="d" targetNamespace="t" acme:release="7" exporter="Another tool">
  <bpmn:process id="p" name="P" isExecutable="true" acme:owner="Zhao">
    <bpmn:extensionElements>
      <acme:policy level="3"><acme:note>kept &amp; whole</acme:note></acme:policy>
      <bihuan:case title="=title" numberPrefix="SY" strict="true" />
    </bpmn:extensionElements>
    <bpmn:userTask id="a" name="A" camunda:assignee="demo" acme:colour="red">
      <bpmn:documentation textFormat="text/html">d</bpmn:documentation>
      <bpmn:extensionElements>
        <zeebe:userTask />
        <zeebe:assignmentDefinition candidateGroups="clerk" />
        <bihuan:stage name="S" />
        <camunda:taskListener class="x" event="create" />
        <acme:deep><acme:er value="1" /></acme:deep>
      </bpmn:extensionElements>
    </bpmn:userTask>
  </bpmn:process>
</bpmn:definitions>`

interface Part {
  readonly name: string
  readonly attributes: readonly string[]
}

/** Every element of a text with its attributes, whatever their order: what must not get lost. */
function partsOf(xml: string): Part[] {
  return [...xml.matchAll(/<([\w:]+)((?:\s+[\w:]+="[^"]*"|\s+[\w:]+='[^']*')*)\s*\/?>/g)]
    .map(([, name, attributes]) => ({
      name: name!,
      attributes: [...attributes!.matchAll(/([\w:]+)=("[^"]*"|'[^']*')/g)]
        .map(([, key, value]) => `${key}=${plain(value!.slice(1, -1))}`)
        .sort(),
    }))
    .toSorted((a, b) => key(a).localeCompare(key(b)))
}

const key = ({ name, attributes }: Part): string => `${name} ${attributes.join(' ')}`
const plain = (value: string): string =>
  value
    .replace(/&quot;|&#34;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#10;|&#xA;/g, '\n')
    .replace(/&apos;|&#39;/g, "'")
    .replace(/^(-?\d+)\.0$/, '$1')
    .replace(/&amp;/g, '&')

async function roundTrip(xml: string): Promise<{ text: string; warnings: number }> {
  const moddle: Moddle = modelWriter()
  const { rootElement, warnings } = await moddle.fromXML(xml)
  return { text: (await moddle.toXML(rootElement, { format: true })).xml, warnings: warnings.length }
}

describe('reading a model and writing it again', () => {
  it('loses nothing of a foreign one', async () => {
    const { text, warnings } = await roundTrip(foreign)
    expect(warnings).toBe(0)
    expect(partsOf(text)).toEqual(partsOf(foreign))
    expect(text).toContain('kept &amp; whole')
  })
  it('loses nothing of our own', async () => {
    const xml = readFileSync(village, 'utf8')
    const { text, warnings } = await roundTrip(xml)
    expect(warnings).toBe(0)
    expect(partsOf(text)).toEqual(partsOf(xml))
  })
  it('says so when it must: elements of no known place', async () => {
    const { warnings } = await roundTrip(foreign.replace('<bpmn:userTask', '<bpmn:strangeTask id="z" /><bpmn:userTask'))
    expect(warnings).toBeGreaterThan(0)
  })
})
