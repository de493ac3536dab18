import { IconSquare } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { type Language, locale, useLanguage } from '@/lib/language'
import type { Addresses } from '../addresses'
import { isLate, type PageTask, tasksQuery, today } from '../tasks'
import { texts } from '../tasks.texts'
import styles from './documents.module.css'
import { More } from './More'

/** What is the reader's to do in pages; nothing where there is nothing. */
export function Tasks({ to, className }: { to: Addresses; className: string | undefined }) {
  const t = useText(texts)
  const list = useInfiniteQuery(tasksQuery)
  const tasks = list.data ?? []
  if (tasks.length === 0) return null
  return (
    <Slab title={t('tasks')} className={className}>
      <ul className={styles.list}>
        {tasks.map((task) => (
          <Task key={`${task.document_id} ${task.key}`} task={task} to={to} />
        ))}
      </ul>
      <More list={list} />
    </Slab>
  )
}

function Task({ task, to }: { task: PageTask; to: Addresses }) {
  const t = useText(texts)
  const language = useLanguage()
  const { text, due, document_id, page_name, community } = task
  return (
    <li>
      <Icon as={IconSquare} size={24} />
      <span className={styles.words}>
        <Link to={to.document(document_id)}>{text || t('unnamed')}</Link>
        <span className={styles.meta}>
          {due && `${dayOf(task, due, language, t)}, `}
          {t('inPage', { page: page_name })}
          {community && `, ${community.name}`}
        </span>
      </span>
    </li>
  )
}

function dayOf(task: PageTask, due: string, language: Language, t: ReturnType<typeof useText<(typeof texts)['fr']>>) {
  if (due === today()) return t('dueToday')
  const day = new Intl.DateTimeFormat(locale(language), { day: 'numeric', month: 'long' }).format(
    new Date(`${due}T12:00`),
  )
  return t(isLate(task) ? 'late' : 'due', { day })
}
