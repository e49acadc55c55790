import type { PackageFiles } from '@bihuan/engine'

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign)

/** Names of the decision files of a package, in order. */
export const decisionFiles = (files: PackageFiles): string[] =>
  Object.keys(files)
    .filter((name) => name.endsWith('.dmn'))
    .sort()

/** A name for a new decision file that no file has, and its decision's id. */
export function freeDecision(files: PackageFiles, packageId: string): { file: string; id: string } {
  for (let number = 1; ; number += 1) {
    const file = `decision-${number}.dmn`
    const id = `${packageId}_decision_${number}`
    if (!(file in files) && !decisionFiles(files).some((name) => files[name]?.includes(`"${id}"`))) return { file, id }
  }
}

export interface NewDecision {
  readonly id: string
  readonly name: string
  /** Words for the columns of the first table. */
  readonly result: string
}

/**
 * A decision file with one table: no condition yet, one result, first rule that fits. Its id is not shown; the name of
 * the result is what expressions read.
 */
export function blankDecision({ id, name, result }: NewDecision): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${id}_file" name="${escaped(name)}" namespace="http://bihuan.org/decisions/${id}">
  <decision id="${id}" name="${escaped(name)}">
    <decisionTable id="${id}_table" hitPolicy="FIRST">
      <output id="${id}_result" label="${escaped(result)}" name="result" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="${id}_diagram">
      <dmndi:DMNShape id="${id}_shape" dmnElementRef="${id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`
}
