import { IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import styles from './edit.module.css'
import { texts } from './i18n'

interface RepeatedProps<Item> {
  items: readonly Item[]
  onChange: (items: Item[]) => void
  /** What a new one begins as. */
  blank: Item
  most: number
  add: string
  /** « Étape 2 ». */
  nameOf: (number: number) => string
  children: (item: Item, change: (more: Partial<Item>) => void, index: number) => ReactNode
}

/** A list that grows and shrinks. The focus goes to what was added, and after a removal to what stands before. */
export function Repeated<Item>({ items, onChange, blank, most, add, nameOf, children }: RepeatedProps<Item>) {
  const t = useText(texts)
  const list = useRef<HTMLUListElement>(null)
  const adding = useRef<HTMLButtonElement>(null)
  const before = useRef(items.length)
  const acted = useRef(false)
  useEffect(() => {
    if (acted.current && items.length > before.current) {
      list.current?.lastElementChild?.querySelector<HTMLElement>('input, select, textarea')?.focus()
    }
    if (acted.current && items.length < before.current) adding.current?.focus()
    before.current = items.length
    acted.current = false
  }, [items.length])
  const change = (index: number, more: Partial<Item>) =>
    onChange(items.map((item, at) => (at === index ? { ...item, ...more } : item)))
  const act = (next: Item[]) => {
    acted.current = true
    onChange(next)
  }
  return (
    <>
      <ul ref={list} className={styles.repeated}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity, and hold no state of their own.
          <li key={index}>
            <fieldset>
              <legend>{nameOf(index + 1)}</legend>
              <div className={styles.row}>{children(item, (more) => change(index, more), index)}</div>
            </fieldset>
            <IconButton
              icon={IconTrash}
              label={t('remove', { what: nameOf(index + 1) })}
              onClick={() => act(items.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      <Button
        ref={adding}
        look="secondary"
        size="small"
        icon={IconPlus}
        disabled={items.length >= most}
        onClick={() => act([...items, blank])}
      >
        {add}
      </Button>
    </>
  )
}
