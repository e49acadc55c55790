import { describe, expect, it } from 'vitest'
import { renameProcess } from './rename.ts'

describe('renaming a package', () => {
  const xml =
    '<bpmn:definitions><bpmn:process id="p" name="A &amp; B" isExecutable="true"><bpmn:task name="A &amp; B"/></bpmn:process></bpmn:definitions>'
  it('renames the process that had its name, and nothing else', () => {
    expect(renameProcess(xml, 'A & B', '"C" < D')).toBe(
      xml.replace('id="p" name="A &amp; B"', 'id="p" name="&quot;C&quot; &lt; D"'),
    )
  })
  it('leaves a process with a name of its own, and unprefixed ones are found too', () => {
    expect(renameProcess(xml, 'Other', 'C')).toBe(xml)
    expect(renameProcess("<process name='X' id='p'/>", 'X', 'Y')).toBe('<process name="Y" id=\'p\'/>')
  })
  it('does not read replacement patterns in the new name', () => {
    expect(renameProcess('<process name="X"/>', 'X', '$& $1')).toBe('<process name="$&amp; $1"/>')
  })
})
