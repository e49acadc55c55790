declare module 'bpmn-js-differ' {
  import type { ModdleElement } from '@bihuan/engine'

  export interface Differences {
    readonly _added: Readonly<Record<string, ModdleElement>>
    readonly _removed: Readonly<Record<string, ModdleElement>>
    readonly _changed: Readonly<
      Record<string, { readonly model: ModdleElement; readonly attrs: Record<string, unknown> }>
    >
    readonly _layoutChanged: Readonly<Record<string, ModdleElement>>
  }
  /** Compares two definitions element by element. */
  export function diff(before: ModdleElement, after: ModdleElement): Differences
}
