import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import { delegateEvents, Portal } from 'solid-js/web'
import { large } from '../../ui/size.ts'
import './phone-frame.css'

/** Width of the phones that the house is made for. */
export const PHONE_WIDTH = 390

/** Events that Solid hears at the document: the frame has one of its own. */
const EVENTS = ['click', 'dblclick', 'input', 'keydown', 'keyup', 'focusin', 'focusout', 'contextmenu']
const POINTER_EVENTS = ['pointerdown', 'pointermove', 'pointerup', 'pointerout', 'pointerover', 'mousedown', 'mouseup']

/**
 * A window of phone width that shows its children as a phone does: media queries judge the frame, not the window around
 * it. It loads nothing of its own; its styles are copies of the page's.
 *
 * @param props.title what a screen reader says of the frame
 */
export function PhoneFrame(props: { title: string; children: JSX.Element }) {
  let frame!: HTMLIFrameElement
  let box!: HTMLDivElement
  const [body, setBody] = createSignal<HTMLElement>()
  const [size, setSize] = createSignal({ width: PHONE_WIDTH, height: 600 })
  const scale = () => Math.min(1, size().width / PHONE_WIDTH)

  onMount(() => {
    const inner = frame.contentDocument
    if (!inner) return
    // An empty frame starts in quirks mode; a doctype ends that.
    inner.open()
    inner.write('<!doctype html><title></title>')
    inner.close()
    inner.title = props.title
    inner.documentElement.lang = document.documentElement.lang
    if (large()) inner.documentElement.dataset.size = 'large'
    delegateEvents([...EVENTS, ...POINTER_EVENTS], inner)

    const copies = new Map<Node, Node>()
    const copyStyles = () => {
      const wanted = new Set<Node>(document.head.querySelectorAll('style, link[rel="stylesheet"]'))
      for (const style of wanted)
        if (!copies.has(style)) copies.set(style, inner.head.appendChild(inner.importNode(style, true)))
      for (const [style, copy] of copies)
        if (!wanted.has(style)) {
          ;(copy as Element).remove()
          copies.delete(style)
        }
    }
    copyStyles()
    // Styles of parts that are loaded later, and those a development server changes.
    const styles = new MutationObserver(copyStyles)
    styles.observe(document.head, { childList: true })
    const fit = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }))
    fit.observe(box)
    inner.body.className = 'phone-body'
    setBody(inner.body)
    onCleanup(() => {
      styles.disconnect()
      fit.disconnect()
    })
  })

  return (
    <div class="phone-frame" ref={box}>
      <iframe
        ref={frame}
        title={props.title}
        style={{
          width: `${PHONE_WIDTH}px`,
          height: `${size().height / scale()}px`,
          transform: `scale(${scale()})`,
        }}
      />
      <Show when={body()}>{(mount) => <Portal mount={mount()}>{props.children}</Portal>}</Show>
    </div>
  )
}
