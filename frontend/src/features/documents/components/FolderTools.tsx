import { Popover } from '@mantine/core'
import { IconCheck, IconFilter, IconLayoutGrid, IconLayoutList, IconSearch, IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { SelectField } from '@/components/forms/SelectField'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Document, Folder, Person } from '../types'
import { display, type Group, groups, orders, type View } from '../view'
import styles from './documents.module.css'

interface FolderToolsProps {
  folder: Folder
  view: View
  onView: (view: View) => void
  /** What is shown: whose it is may be chosen. */
  documents: readonly Document[]
}

/** What of a folder is shown, and how. */
export function FolderTools({ folder, view, onView, documents }: FolderToolsProps) {
  const t = useText(texts)
  const [written, setWritten] = useWritten(view.q ?? '')
  const search = (event: FormEvent) => {
    event.preventDefault()
    onView({ ...view, q: written.trim() || undefined, doc: undefined })
  }
  const empty = () => {
    setWritten('')
    onView({ ...view, q: undefined })
  }
  const shown = display.use()
  return (
    <div className={styles.tools}>
      <form role="search" aria-label={t('searchIn', { name: folder.name })} className={styles.find} onSubmit={search}>
        <Icon as={IconSearch} />
        <label>
          <VisuallyHidden>{t('search')}</VisuallyHidden>
          <input
            type="search"
            value={written}
            placeholder={t('search')}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setWritten(event.target.value)}
          />
        </label>
        {view.q !== undefined && (
          <button type="button" aria-label={t('endSearch')} onClick={empty}>
            <Icon as={IconX} size={17} />
          </button>
        )}
      </form>
      <Filter view={view} onView={onView} documents={documents} />
      <Menu
        items={[
          {
            label: t('asTable'),
            icon: shown === 'table' ? IconCheck : IconLayoutList,
            onSelect: () => display.set('table'),
          },
          {
            label: t('asTiles'),
            icon: shown === 'tiles' ? IconCheck : IconLayoutGrid,
            onSelect: () => display.set('tiles'),
          },
          ...orders.map((sort, index) => ({
            label: t(`sort${sort}`),
            apart: index === 0,
            ...((view.sort ?? '-changed_at') === sort && { icon: IconCheck }),
            onSelect: () => onView({ ...view, sort: sort === '-changed_at' ? undefined : sort }),
          })),
        ]}
      >
        <Button look="soft" aria-label={t('display')} className={styles.shrinking}>
          <Icon as={IconLayoutGrid} size={17} />
          <span>{t('display')}</span>
        </Button>
      </Menu>
    </div>
  )
}

function Filter({ view, onView, documents }: Omit<FolderToolsProps, 'folder'>) {
  const t = useText(texts)
  const [open, setOpen] = useState(false)
  const [known, setKnown] = useState<ReadonlyMap<string, Person>>(new Map())
  const more = documents.flatMap(({ changed_by: one }) => (one && !known.has(one.id) ? [one] : []))
  if (more.length > 0) setKnown(new Map([...known, ...more.map((one) => [one.id, one] as const)]))
  const chosen = [view.kind, view.by].filter(Boolean).length
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      classNames={{ dropdown: styles.filter ?? '' }}
    >
      <Popover.Target>
        <Button
          look="soft"
          aria-label={chosen > 0 ? t('filtersOn', { count: chosen }) : t('filter')}
          className={styles.shrinking}
          data-on={chosen > 0 || undefined}
          onClick={() => setOpen(!open)}
        >
          <Icon as={IconFilter} size={17} />
          <span>{chosen > 0 ? t('filtersOn', { count: chosen }) : t('filter')}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter')}>
        <SelectField<Group | ''>
          label={t('kind')}
          options={[{ value: '', label: t('anyKind') }, ...groups.map((value) => ({ value, label: t(value) }))]}
          value={view.kind ?? ''}
          onChange={(kind) => onView({ ...view, kind: kind || undefined, doc: undefined })}
        />
        <SelectField
          label={t('by')}
          options={[
            { value: '', label: t('anybody') },
            ...[...known.values()]
              .sort((one, other) => one.name.localeCompare(other.name))
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={view.by ?? ''}
          onChange={(by) => onView({ ...view, by: by || undefined, doc: undefined })}
        />
        {chosen > 0 && (
          <Button look="quiet" onClick={() => onView({ ...view, kind: undefined, by: undefined })}>
            {t('showAll')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

/** What is being written; what comes from elsewhere, such as going back, replaces it. */
function useWritten(told: string) {
  const [written, setWritten] = useState(told)
  const [heard, setHeard] = useState(told)
  if (told !== heard) {
    setHeard(told)
    setWritten(told)
  }
  return [written, setWritten] as const
}
