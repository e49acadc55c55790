import { bihuanDescriptor } from '@bihuan/engine'
import ElementTemplateChooserModule from '@bpmn-io/element-template-chooser'
import { ZeebeVariableResolverModule } from '@bpmn-io/variable-resolver'
import Modeler from 'bpmn-js/lib/Modeler'
import ColorPickerModule from 'bpmn-js-color-picker'
import { CreateAppendAnythingModule, CreateAppendElementTemplatesModule } from 'bpmn-js-create-append-anything'
import { CloudElementTemplatesPropertiesProviderModule } from 'bpmn-js-element-templates'
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel'
import ZeebeBehaviorsModule from 'camunda-bpmn-js-behaviors/lib/camunda-cloud'
import MinimapModule from 'diagram-js-minimap'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'
import { diagramWord } from '../../i18n/bpmn-io/diagram-words.ts'
import feel from '../../i18n/bpmn-io/feel.zh-cn.json'
import { language } from '../../i18n/i18n.ts'
import { inkOnPaper, paperModule } from '../look/paper-renderer.ts'
import { selectionModule } from '../look/selection-outline.ts'
import { textStyle } from '../look/text-style.ts'
import { layoutModule } from './auto-layout.ts'
import { clipboardModule } from './clipboard.ts'
import type { DiagramModule } from './module.ts'
import { ownPropertiesModule } from './own-properties.ts'
import type { ModelerServices, StudioModeler } from './services.ts'
import { elementTemplates } from './templates.ts'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
import 'bpmn-js-element-templates/dist/assets/element-templates.css'
import '@bpmn-io/element-template-chooser/dist/element-template-chooser.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import 'bpmn-js-color-picker/colors/color-picker.css'
import '../look/diagram.css'
import '../look/modeler.css'
import '../look/properties-panel.css'

export interface ModelerOptions {
  /** Where the complete panel stands; none shows until `propertiesPanel.attachTo` is called. */
  readonly propertiesParent?: HTMLElement
  /** Services of the studio's own: pieces, context pad, variables. They win over the stock ones. */
  readonly modules?: readonly DiagramModule[]
}

/** Extensions of BPMN that the studio reads and writes. What it does not know is kept as it stands. */
export const moddleExtensions = { zeebe, bihuan: bihuanDescriptor }

/** What the FEEL editor says of each function, in Chinese; its own English otherwise. */
function feelFunctions(): object {
  if (language() !== 'zh-CN') return {}
  return { builtins: Object.entries(feel).map(([name, info]) => ({ name, info, type: 'function' })) }
}

/**
 * Makes a modeller in `container`: bpmn-js for Camunda 8 models in our look and language. Its own boxes (palette, minimap
 * button) are hidden by our style sheet; the studio has a toolbar. `destroy()` it when the page goes.
 */
export function createModeler(container: HTMLElement, options: ModelerOptions = {}): StudioModeler {
  const modeler: StudioModeler = new Modeler<ModelerServices>({
    container,
    bpmnRenderer: inkOnPaper,
    textRenderer: textStyle(container),
    moddleExtensions,
    propertiesPanel: {
      ...(options.propertiesParent && { parent: options.propertiesParent }),
      feelLanguageContext: { parserDialect: 'camunda', ...feelFunctions() },
    },
    additionalModules: [
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule,
      ElementTemplateChooserModule,
      CreateAppendAnythingModule,
      CreateAppendElementTemplatesModule,
      ZeebeVariableResolverModule,
      ZeebeBehaviorsModule,
      MinimapModule,
      ColorPickerModule,
      paperModule,
      selectionModule,
      clipboardModule,
      ownPropertiesModule,
      layoutModule,
      { translate: ['value', diagramWord] },
      ...(options.modules ?? []),
    ],
  })
  modeler.get('elementTemplatesLoader').setTemplates(elementTemplates())
  return modeler
}
