import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { WindowVirtualizer, type WindowVirtualizerHandle } from 'virtua'
import { Icon } from '@/components/Icon'
import { ContextMenu } from '@/components/overlays/ContextMenu'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import type { Document } from '../types'
import { useActItems } from '../useActItems'
import { useRowKeys } from '../useRowKeys'
import type { Order, View } from '../view'
import { DocumentRow } from './DocumentRow'
import styles from './documents.module.css'
import type { ListProps } from './listProps'
import { More } from './More'

/** Up to so many rows the page draws them all; beyond, those on the screen. */
const DRAWN_WHOLE = 200

/** The documents of a folder, one a row; arrows go from one to the next, Enter opens, Space chooses, Del throws away. */
export function DocumentTable(props: ListProps) {
  const { label, list, documents, selection, view, onView, acting } = props
  const t = useText(texts)
  const [menuAt, setMenuAt] = useState<{ x: number; y: number; document: Document }>()
  const items = useActItems(acting)
  const drawn = useRef<WindowVirtualizerHandle>(null)
  const keys = useRowKeys({
    ...props,
    onScrollTo: (index) => drawn.current?.scrollToIndex(index, { align: 'nearest' }),
  })
  const rows = documents.map((document, index) => (
    <DocumentRow
      key={document.id}
      {...props}
      document={document}
      index={index}
      isActive={index === keys.active}
      isShown={document.id === view.doc}
      isChosen={selection.ids.has(document.id)}
      onFocus={() => keys.setActive(index)}
      onMenu={(x, y) => setMenuAt({ x, y, document })}
    />
  ))
  return (
    <>
      <div
        role="grid"
        aria-label={label}
        aria-multiselectable="true"
        aria-rowcount={list.hasNextPage ? -1 : documents.length + 1}
        className={styles.table}
        onKeyDown={keys.press}
      >
        <div role="rowgroup">
          <div role="row" tabIndex={-1} className={styles.columns} aria-rowindex={1}>
            <Column by="name" view={view} onView={onView}>
              {t('name')}
            </Column>
            <span role="columnheader" tabIndex={-1} className={styles.cellOwner}>
              {t('by')}
            </span>
            <Column by="changed_at" view={view} onView={onView}>
              {t('changed')}
            </Column>
            <span role="columnheader" tabIndex={-1}>
              {t('version')}
            </span>
            <span role="columnheader" tabIndex={-1}>
              <VisuallyHidden>{t('actions')}</VisuallyHidden>
            </span>
          </div>
        </div>
        <div role="rowgroup" ref={keys.body}>
          {rows.length > DRAWN_WHOLE ? <WindowVirtualizer ref={drawn}>{rows}</WindowVirtualizer> : rows}
        </div>
      </div>
      <More list={list} />
      <ContextMenu
        at={menuAt}
        onClose={() => setMenuAt(undefined)}
        label={t('actionsOn', { name: menuAt?.document.name ?? '' })}
        items={menuAt ? items(documentAsThing(menuAt.document), menuAt.document) : []}
      />
    </>
  )
}

interface ColumnProps {
  by: 'name' | 'changed_at'
  view: View
  onView: (view: View) => void
  children: string
}

/** A column by which the list is put in order: first as one expects, then the other way round. */
function Column({ by, view, onView, children }: ColumnProps) {
  const sort = view.sort ?? '-changed_at'
  const natural: Order = by === 'name' ? 'name' : '-changed_at'
  const reverse: Order = by === 'name' ? '-name' : 'changed_at'
  const isOn = sort === natural || sort === reverse
  const next = sort === natural ? reverse : natural
  const isDown = sort.startsWith('-')
  return (
    <span
      role="columnheader"
      tabIndex={-1}
      aria-sort={isOn ? (isDown ? 'descending' : 'ascending') : undefined}
      className={by === 'changed_at' ? styles.cellWhen : undefined}
    >
      <button type="button" onClick={() => onView({ ...view, sort: next === '-changed_at' ? undefined : next })}>
        {children}
        {isOn && <Icon as={isDown ? IconArrowDown : IconArrowUp} size={15} />}
      </button>
    </span>
  )
}
