/** Where `⌘` stands in for `Ctrl`. */
export const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** Whether the key that commands is held, and no other beside it. */
export const isCommand = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  (isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey

/** What is written on it. */
export const COMMAND = isApple ? '⌘' : 'Ctrl'
