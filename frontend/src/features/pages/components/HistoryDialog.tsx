import { IconRestore } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { formErrors, messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { TextField } from '@/components/forms/TextField'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { useKeepVersion, useRestoreVersion } from '../mutations'
import { comparisonQuery, versionsQuery } from '../queries'
import type { Compared, Comparison, Version } from '../types'
import { Authors, By } from './Authored'
import styles from './history.module.css'

interface HistoryDialogProps {
  pageId: string
  mayWrite: boolean
  onClose: () => void
}

/** What the page was, who wrote in it since, and the way back. */
export function HistoryDialog({ pageId, mayWrite, onClose }: HistoryDialogProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(versionsQuery(pageId))
  const [chosen, setChosen] = useState<number>()
  const restore = useRestoreVersion(pageId)
  return (
    <Dialog open onClose={onClose} title={t('history')} width={860}>
      {mayWrite && <Keeping pageId={pageId} />}
      <Loaded query={list}>
        {(versions) => (
          <div className={styles.history}>
            <div>
              {versions.length === 0 && <p className={styles.none}>{t('noVersions')}</p>}
              <ol>
                {versions.map((version) => (
                  <Line
                    key={version.number}
                    version={version}
                    isChosen={version.number === chosen}
                    onChoose={() => setChosen(version.number)}
                  />
                ))}
              </ol>
              <LoadMore
                more={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </div>
            {chosen !== undefined && (
              <section aria-label={t('sinceVersion', { number: chosen })}>
                <h3>{t('sinceVersion', { number: chosen })}</h3>
                <FormError>{restore.error && messageOf(restore.error)}</FormError>
                {mayWrite && (
                  <Button
                    look="secondary"
                    size="small"
                    icon={IconRestore}
                    busy={restore.isPending}
                    onClick={() => restore.mutate(chosen, { onSuccess: onClose })}
                  >
                    {t('restore')}
                  </Button>
                )}
                <Changes pageId={pageId} number={chosen} />
              </section>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  )
}

function Keeping({ pageId }: { pageId: string }) {
  const t = useText(texts)
  const keep = useKeepVersion(pageId)
  const errors = formErrors(keep.error, ['label'])
  return (
    <Form error={errors.form} failure={keep.error} onSubmit={(values) => keep.mutate(values('label').trim())}>
      <TextField
        label={t('versionLabel')}
        name="label"
        maxLength={120}
        optional
        autoComplete="off"
        error={errors.fields.label}
        beside={
          <Button type="submit" look="secondary" busy={keep.isPending}>
            {t('keepVersion')}
          </Button>
        }
      />
    </Form>
  )
}

interface LineProps {
  version: Version
  isChosen: boolean
  onChoose: () => void
}

function Line({ version, isChosen, onChoose }: LineProps) {
  const t = useText(texts)
  const { number, label, authors, created_at, restored_from } = version
  return (
    <li>
      <button type="button" aria-pressed={isChosen} onClick={onChoose}>
        <b>{label || t('version', { number })}</b>
        <small>
          <Moment at={created_at} />
        </small>
        {authors.length > 0 && <small>{authors.map(({ name }) => name).join(', ')}</small>}
        {restored_from !== null && <small>{t('restoredFrom', { number: restored_from })}</small>}
      </button>
    </li>
  )
}

/** What was added since, and what went. */
function Changes({ pageId, number }: { pageId: string; number: number }) {
  const t = useText(texts)
  const comparison = useQuery(comparisonQuery(pageId, number))
  return (
    <Loaded query={comparison} lines={5}>
      {({ blocks, authors }) => {
        const changed = blocks.filter(({ change }) => change !== 'same')
        if (changed.length === 0) return <p className={styles.none}>{t('noChanges')}</p>
        return (
          <>
            <div className={styles.authors}>
              <Authors authors={authors} />
            </div>
            {changed.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of a comparison are told by their place alone.
              <Block key={index} block={block} authors={authors} />
            ))}
          </>
        )
      }}
    </Loaded>
  )
}

function Block({ block: { runs }, authors }: { block: Compared; authors: Comparison['authors'] }) {
  return (
    <p className={styles.block}>
      {runs.map(({ text, change, author }, index) => {
        const Run = change === 'added' ? 'ins' : change === 'removed' ? 'del' : 'span'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same.
          <Run key={index}>
            {author === null || text.trim() === '' ? text : <By authors={authors} author={author} text={text} />}
          </Run>
        )
      })}
    </p>
  )
}
