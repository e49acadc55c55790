// dmn-js ships no types; these are the parts the studio uses.
declare module 'dmn-js/lib/Modeler' {
  import type { DmnView, DmnViewer } from './dmn-parts.ts'

  export default class Modeler {
    constructor(options: object)
    importXML(xml: string): Promise<{ warnings: readonly unknown[] }>
    saveXML(options?: { format?: boolean }): Promise<{ xml: string }>
    getViews(): readonly DmnView[]
    getActiveView(): DmnView | undefined
    getActiveViewer(): DmnViewer | undefined
    open(view: DmnView): Promise<unknown>
    on(event: string, listener: (event: never) => void): void
    destroy(): void
  }
}
