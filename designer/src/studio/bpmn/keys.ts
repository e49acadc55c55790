const isMac = (): boolean => /Mac|iP(hone|ad)/.test(navigator.platform)

/** Name of a key pressed together with the command key of this machine. */
export const commandKey = (key: string): string => (isMac() ? `⌘${key}` : `Ctrl+${key}`)

/** Whether the command key of this machine is held. */
export const isCommand = (event: KeyboardEvent): boolean => (isMac() ? event.metaKey : event.ctrlKey)
