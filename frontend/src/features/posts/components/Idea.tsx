import { IconArrowBigUp, IconMessageReply } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { Prose } from '@/components/Prose'
import { useText } from '@/lib/i18n'
import { texts } from '../asked.texts'
import { useSupport } from '../mutations'
import type { IdeaPost } from '../queries'
import styles from './posts.module.css'

const IdeaAnswering = lazy(async () => ({ default: (await import('./IdeaAnswering')).IdeaAnswering }))

/** In the order in which an idea goes; one that is declined left it. */
const STEPS = ['proposed', 'studied', 'planned', 'done'] as const

/** How many are for an idea, where it stands, and what was answered in public. */
export function Idea({ post }: { post: IdeaPost }) {
  const t = useText(texts)
  const [answering, setAnswering] = useState(false)
  const { idea } = post
  return (
    <section className={styles.idea} aria-label={t('idea')}>
      <Progress status={idea.status} />
      <p className={styles.buttons}>
        <Support post={post} />
        {post.abilities.includes('answer') && (
          <Button look="quiet" size="small" icon={IconMessageReply} onClick={() => setAnswering(true)}>
            {t('answerIdea')}
          </Button>
        )}
      </p>
      {idea.answer && (
        <div className={styles.said}>
          <p className={styles.facts}>
            <b>{t('publicAnswer')}</b>
            {idea.answered_at && <Moment at={idea.answered_at} />}
          </p>
          <Prose html={idea.answer_html} lang={post.language} />
        </div>
      )}
      {answering && (
        <Suspense>
          <IdeaAnswering post={post} onClose={() => setAnswering(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Support({ post }: { post: IdeaPost }) {
  const t = useText(texts)
  const support = useSupport(post.id)
  const { supports, mine } = post.idea
  return (
    <>
      <Button
        look={mine ? 'primary' : 'secondary'}
        size="small"
        icon={IconArrowBigUp}
        aria-pressed={mine}
        disabled={!post.abilities.includes('support')}
        busy={support.isPending}
        onClick={() => support.mutate(!mine)}
      >
        {t('support')}
      </Button>
      <span className={styles.muted}>{t('supports', { count: supports })}</span>
    </>
  )
}

function Progress({ status }: Pick<IdeaPost['idea'], 'status'>) {
  const t = useText(texts)
  if (status === 'declined') return <Chip look="line">{t('declined')}</Chip>
  const now = STEPS.indexOf(status)
  return (
    <ol className={styles.steps} aria-label={t('progress')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          data-at={index < now ? 'done' : index === now ? 'now' : undefined}
          aria-current={index === now ? 'step' : undefined}
        >
          {t(step)}
        </li>
      ))}
    </ol>
  )
}
