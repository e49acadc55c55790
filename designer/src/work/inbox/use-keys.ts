import { onCleanup, onMount } from 'solid-js'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/**
 * Single keys that act on the page while nobody types and no dialog is open. A key that a focused button or link needs
 * (Enter) stays with it.
 */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return
    if (document.querySelector('[role=dialog], [role=menu]')) return
    if (event.key === 'Enter' && event.target instanceof Element && event.target.closest('a, button')) return
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act()
  }
  onMount(() => {
    addEventListener('keydown', press)
    onCleanup(() => removeEventListener('keydown', press))
  })
}
