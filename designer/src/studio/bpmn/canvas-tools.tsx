import AlignCenterHorizontal from 'lucide-solid/icons/align-center-horizontal'
import AlignCenterVertical from 'lucide-solid/icons/align-center-vertical'
import AlignEndHorizontal from 'lucide-solid/icons/align-end-horizontal'
import AlignEndVertical from 'lucide-solid/icons/align-end-vertical'
import AlignHorizontalDistributeCenter from 'lucide-solid/icons/align-horizontal-distribute-center'
import AlignStartHorizontal from 'lucide-solid/icons/align-start-horizontal'
import AlignStartVertical from 'lucide-solid/icons/align-start-vertical'
import AlignVerticalDistributeCenter from 'lucide-solid/icons/align-vertical-distribute-center'
import ClipboardPaste from 'lucide-solid/icons/clipboard-paste'
import Copy from 'lucide-solid/icons/copy'
import Ellipsis from 'lucide-solid/icons/ellipsis'
import FileCode from 'lucide-solid/icons/file-code'
import FileImage from 'lucide-solid/icons/file-image'
import Hand from 'lucide-solid/icons/hand'
import Image from 'lucide-solid/icons/image'
import Keyboard from 'lucide-solid/icons/keyboard'
import LassoSelect from 'lucide-solid/icons/lasso-select'
import MousePointer2 from 'lucide-solid/icons/mouse-pointer-2'
import Redo2 from 'lucide-solid/icons/redo-2'
import Search from 'lucide-solid/icons/search'
import Spline from 'lucide-solid/icons/spline'
import Undo2 from 'lucide-solid/icons/undo-2'
import UnfoldHorizontal from 'lucide-solid/icons/unfold-horizontal'
import WandSparkles from 'lucide-solid/icons/wand-sparkles'
import { st } from '../../i18n/studio.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import type { CanvasActs } from './canvas-acts.ts'
import type { CanvasState } from './canvas-state.ts'
import { commandKey } from './keys.ts'
import { ToolButton } from './tool-button.tsx'

interface CanvasToolsProps {
  state: CanvasState
  acts: CanvasActs
  onFind: () => void
  onTidy: () => void
  onKeys: () => void
}

/** The toolbar over the canvas. */
export function CanvasTools(props: CanvasToolsProps) {
  const several = () => props.state.selected().length > 1
  const align = (label: string, icon: MenuItem['icon'], side: string): MenuItem => ({
    label,
    icon,
    disabled: !several(),
    onSelect: () => props.acts.align(side),
  })
  const spread = (label: string, icon: MenuItem['icon'], axis: 'horizontal' | 'vertical'): MenuItem => ({
    label,
    icon,
    disabled: props.state.selected().length < 3,
    onSelect: () => props.acts.distribute(axis),
  })

  const arrangeItems = (): MenuItem[] => [
    align(st('bpmn.alignLeft'), <AlignStartVertical class="icon s" />, 'left'),
    align(st('bpmn.alignCenter'), <AlignCenterVertical class="icon s" />, 'center'),
    align(st('bpmn.alignRight'), <AlignEndVertical class="icon s" />, 'right'),
    align(st('bpmn.alignTop'), <AlignStartHorizontal class="icon s" />, 'top'),
    align(st('bpmn.alignMiddle'), <AlignCenterHorizontal class="icon s" />, 'middle'),
    align(st('bpmn.alignBottom'), <AlignEndHorizontal class="icon s" />, 'bottom'),
    spread(st('bpmn.distributeHorizontal'), <AlignHorizontalDistributeCenter class="icon s" />, 'horizontal'),
    spread(st('bpmn.distributeVertical'), <AlignVerticalDistributeCenter class="icon s" />, 'vertical'),
    {
      label: st('bpmn.tidy'),
      icon: <WandSparkles class="icon s" />,
      apart: true,
      onSelect: () => props.onTidy(),
    },
  ]

  const moreItems = (): MenuItem[] => [
    { label: st('bpmn.copy'), icon: <Copy class="icon s" />, keys: commandKey('C'), onSelect: () => props.acts.copy() },
    {
      label: st('bpmn.paste'),
      icon: <ClipboardPaste class="icon s" />,
      keys: commandKey('V'),
      onSelect: () => props.acts.paste(),
    },
    {
      label: st('bpmn.exportXml'),
      icon: <FileCode class="icon s" />,
      apart: true,
      onSelect: () => props.acts.exportXml(),
    },
    { label: st('bpmn.exportSvg'), icon: <FileImage class="icon s" />, onSelect: () => props.acts.exportSvg() },
    { label: st('bpmn.exportPng'), icon: <Image class="icon s" />, onSelect: () => props.acts.exportPng() },
    {
      label: st('bpmn.keys'),
      icon: <Keyboard class="icon s" />,
      keys: '?',
      apart: true,
      onSelect: () => props.onKeys(),
    },
  ]

  return (
    <div class="tools" role="toolbar" aria-label={st('bpmn.canvas')}>
      <ToolButton
        icon={MousePointer2}
        label={st('bpmn.select')}
        on={props.state.tool() === 'select'}
        onPress={() => props.acts.tool('select')}
      />
      <ToolButton
        icon={Hand}
        label={st('bpmn.hand')}
        keys="H"
        on={props.state.tool() === 'hand'}
        onPress={() => props.acts.tool('hand')}
      />
      <ToolButton
        icon={Spline}
        label={st('bpmn.connect')}
        keys="C"
        on={props.state.tool() === 'connect'}
        onPress={() => props.acts.tool('connect')}
      />
      <ToolButton
        icon={LassoSelect}
        label={st('bpmn.lasso')}
        keys="L"
        on={props.state.tool() === 'lasso'}
        onPress={() => props.acts.tool('lasso')}
      />
      <ToolButton
        icon={UnfoldHorizontal}
        label={st('bpmn.space')}
        keys="S"
        on={props.state.tool() === 'space'}
        onPress={() => props.acts.tool('space')}
      />
      <i class="tools-gap" />
      <ToolButton
        icon={Undo2}
        label={st('bpmn.undo')}
        keys={commandKey('Z')}
        disabled={!props.state.canUndo()}
        onPress={() => props.acts.undo()}
      />
      <ToolButton
        icon={Redo2}
        label={st('bpmn.redo')}
        keys={commandKey('Y')}
        disabled={!props.state.canRedo()}
        onPress={() => props.acts.redo()}
      />
      <i class="tools-gap" />
      <Menu
        label={st('bpmn.arrange')}
        class="tool"
        placement="bottom-start"
        trigger={<WandSparkles class="icon s" aria-hidden="true" />}
        items={arrangeItems()}
      />
      <ToolButton icon={Search} label={st('bpmn.find')} keys={commandKey('F')} onPress={() => props.onFind()} />
      <Menu
        label={st('bpmn.more')}
        class="tool"
        placement="bottom-start"
        trigger={<Ellipsis class="icon s" aria-hidden="true" />}
        items={moreItems()}
      />
    </div>
  )
}
