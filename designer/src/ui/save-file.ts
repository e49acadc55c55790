/** Signs that file systems do not take in a name. */
const UNFIT = /[\\/:*?"<>|]/g

/** Gives a file to the person at the browser, under a name that every file system takes. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name.replace(UNFIT, '_')
  link.click()
  // The browser has taken it when this task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
