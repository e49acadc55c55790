import type { FieldDictionary } from '@bihuan/engine'
import { applyPatch, type DictionaryPatch } from './dictionary-patch.ts'

/** The package around the drawing, as far as pieces read and change it. */
export interface PiecesHost {
  packageId(): string
  dictionary(): FieldDictionary
  /** Keys of the roles there are. */
  roles(): readonly string[]
  /** Keeps the dictionary; forms follow. */
  write(before: FieldDictionary, after: FieldDictionary): void
}

interface PatchContext {
  readonly patch: DictionaryPatch
  inverse?: DictionaryPatch
}

/** Which package the drawing belongs to. The page sets it; without one the dictionary is left alone. */
export class PiecesPackage {
  static readonly $inject: readonly string[] = []
  host: PiecesHost | null = null

  connect(host: PiecesHost | null): void {
    this.host = host
  }

  /** Changes the dictionary; gives what takes it back. */
  patch(patch: DictionaryPatch): DictionaryPatch {
    const { host } = this
    if (!host) return {}
    const before = host.dictionary()
    const { dictionary, inverse } = applyPatch(before, patch)
    host.write(before, dictionary)
    return inverse
  }
}

/** Command `pieces.dictionary`: changes the dictionary with the drawing, and back when that is undone. */
export class PatchDictionaryHandler {
  static readonly $inject = ['piecesPackage'] as const
  private readonly around: PiecesPackage

  constructor(around: PiecesPackage) {
    this.around = around
  }

  execute(context: PatchContext): [] {
    context.inverse = this.around.patch(context.patch)
    return []
  }

  revert(context: PatchContext): [] {
    if (context.inverse) this.around.patch(context.inverse)
    return []
  }
}
