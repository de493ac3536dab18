import { IconClock, IconGavel } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Icon } from '@/components/Icon'
import { Moment } from '@/components/Moment'
import { Prose } from '@/components/Prose'
import { Slab } from '@/components/Slab'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { FileList } from '@/entities/attachment/FileList'
import { Gallery } from '@/entities/attachment/Gallery'
import { Referred } from '@/entities/attachment/Referred'
import { texts as reasons } from '@/entities/report/texts'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Case } from '../queries'
import { CasePerson } from './CasePerson'
import { DecideDialog } from './DecideDialog'
import { Decided } from './Decided'
import { Earlier } from './Earlier'
import styles from './moderation.module.css'
import { Reports } from './Reports'
import { Surroundings } from './Surroundings'

export interface Addresses {
  person: (id: string) => string
  community: (id: string) => string
  post: (id: string, commentId?: string) => string
  message: (conversationId: string, number: number) => string
  thread: (pageId: string, threadId: string) => string
}

interface CaseCardProps {
  of: Case
  /** Among the cases of one community, which its moderators read: the way to the discussion is open to them. */
  inCommunity: boolean
  to: Addresses
  onDecided: () => void
}

/** Something reported: what was said, by whom, who reported it and why, and what may be decided. */
export function CaseCard({ of, inCommunity, to, onDecided }: CaseCardProps) {
  const t = useText(texts)
  const heading = useId()
  const [deciding, setDeciding] = useState(false)
  const isComment = of.kind === 'comment'
  const [said, ...before] = of.snapshots
  return (
    <Slab>
      <article className={styles.case} aria-labelledby={heading}>
        <VisuallyHidden as="h2">
          <span id={heading}>{t('caseOf', { name: of.author.name })}</span>
        </VisuallyHidden>
        <header className={styles.head}>
          <CasePerson of={of.author} to={to.person} size={44} />
          <p className={styles.facts}>
            <Moment at={of.opened_at} />
            <Chip look="line">{t(of.kind)}</Chip>
            {of.state !== 'standing' && <Chip look="soft">{t(of.state)}</Chip>}
            {of.changed && <Chip look="soft">{t('changed')}</Chip>}
            {!inCommunity && <span>{whereOf(of, t)}</span>}
            {of.conversation?.name && <span>{t('inRoom', { name: of.conversation.name })}</span>}
          </p>
        </header>
        {isComment && of.post_title && <p className={styles.muted}>{t('under', { title: of.post_title })}</p>}
        {of.page && <p className={styles.muted}>{t('ofPage', { name: of.page.name, words: of.page.quote })}</p>}
        {said && <Snapshot label={t('saidThen')} said={said} />}
        {before.map((one) => (
          <Snapshot key={one.version} label={t('saidBefore')} said={one} />
        ))}
        {of.conversation && (
          <div>
            <Gallery images={of.conversation.images} />
            <FileList files={of.conversation.files} />
          </div>
        )}
        <Referred documents={of.documents} />
        {of.post_id && (inCommunity || of.community === null) && of.state !== 'gone' && (
          <p>
            <Link to={to.post(of.post_id, isComment ? of.subject_id : undefined)}>{t('see')}</Link>
          </p>
        )}
        {of.page?.open && of.page.thread_id && of.state !== 'gone' && (
          <p>
            <Link to={to.thread(of.page.id, of.page.thread_id)}>{t('see')}</Link>
          </p>
        )}
        {of.conversation?.open && of.state !== 'gone' && (
          <p>
            <Link to={to.message(of.conversation.id, of.conversation.number)}>{t('see')}</Link>
          </p>
        )}
        {of.abilities.includes('read_around') && <Surroundings of={of} to={to.person} />}
        <Reasons of={of} />
        <Reports of={of} to={to.person} />
        <Earlier of={of} />
        {of.decision && <Decided of={of} decision={of.decision} />}
        {of.abilities.includes('decide') && (
          <div className={styles.foot}>
            <Button icon={IconGavel} onClick={() => setDeciding(true)}>
              {t('decide')}
            </Button>
            {inCommunity && <Left at={of.left_at} />}
            <DecideDialog of={of} open={deciding} onClose={() => setDeciding(false)} onDecided={onDecided} />
          </div>
        )}
      </article>
    </Slab>
  )
}

function whereOf({ community, kind }: Case, t: ReturnType<typeof useText<(typeof texts)['fr']>>) {
  if (community) return t('inCommunity', { name: community.name })
  return t(kind === 'page_comment' ? 'onOwnPage' : kind === 'message' ? 'amongSome' : 'onSquare')
}

function Snapshot({ label, said }: { label: string; said: Case['snapshots'][number] }) {
  return (
    <section className={styles.said} aria-label={label}>
      <small>
        <span>{label}</span>
        <Moment at={said.at} />
      </small>
      {said.title && <h3>{said.title}</h3>}
      <Prose html={said.html} lang={said.language} />
    </section>
  )
}

function Reasons({ of }: { of: Case }) {
  const t = useText(texts)
  const tr = useText(reasons)
  return (
    <p className={styles.facts}>
      <b>{t('reported', { count: of.reports })}</b>
      {of.reasons.map(({ reason, reports }) => (
        <Chip key={reason}>{reports > 1 ? `${tr(reason)} (${reports})` : tr(reason)}</Chip>
      ))}
    </p>
  )
}

function Left({ at }: { at: string }) {
  const t = useText(texts)
  const date = formatDate(at, useLanguage())
  return (
    <small className={styles.left}>
      <Icon as={IconClock} size={15} />
      <span>{t('left', { date })}</span>
    </small>
  )
}
