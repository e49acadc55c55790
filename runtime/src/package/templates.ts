import { fileURLToPath } from 'node:url'
import { judgePackage, type PackageFiles } from '@bihuan/engine'
import type { PackageTemplate } from '../contract/contract.ts'
import { stageNames } from '../host/deployment-facts.ts'
import { countSteps } from '../host/deployments.ts'
import { packageFoldersIn, readPackageFolder } from './package-folder.ts'

/** Where the examples lie. */
export const examplesFolder = fileURLToPath(new URL('../../../examples', import.meta.url))

/** An example that a new package can be made from. */
export interface Template {
  readonly about: PackageTemplate
  readonly files: PackageFiles
}

/** The examples as templates, read once: they are part of the house. */
export class Templates {
  readonly #root: string
  #read: Promise<readonly Template[]> | null = null

  constructor(root: string = examplesFolder) {
    this.#root = root
  }

  all(): Promise<readonly Template[]> {
    this.#read ??= readTemplates(this.#root)
    this.#read.catch(() => {
      this.#read = null
    })
    return this.#read
  }

  /** The template of this id, or null. */
  async find(id: string): Promise<Template | null> {
    return (await this.all()).find(({ about }) => about.id === id) ?? null
  }
}

async function readTemplates(root: string): Promise<readonly Template[]> {
  const utf8 = new TextDecoder()
  const templates: Template[] = []
  for (const folder of await packageFoldersIn(root)) {
    const { resources, scenarios } = await readPackageFolder(folder)
    const files = Object.fromEntries(resources.map(({ name, content }) => [name, utf8.decode(content)]))
    const judged = await judgePackage(files)
    if (!judged.package) continue
    const { id, name, description } = judged.package
    const about = {
      id,
      name,
      description,
      stages: [...stageNames(judged)],
      steps: await countSteps(files),
      scenarios: scenarios.length,
    }
    templates.push({ about, files })
  }
  return templates
}
