import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { AudienceForm } from '@/entities/audience/AudienceForm'
import { saidBy } from '@/entities/audience/queries'
import { everybody } from '@/entities/audience/rule'
import { sentenceOf } from '@/entities/audience/sentence'
import { texts as words } from '@/entities/audience/texts'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './audiences.module.css'
import { type Automatic, automaticQuery, useEndAutomatic, useSetAutomatic } from './automatic'
import { texts } from './automatic.texts'

/** Who is put in a community by a rule, for who may say so; nothing for others. */
export function AutomaticSettings({ communityId }: { communityId: string }) {
  const found = useQuery(automaticQuery(communityId)).data
  if (!found || found.abilities.length === 0) return null
  return <Settings communityId={communityId} found={found} />
}

function Settings({ communityId, found }: { communityId: string; found: Automatic }) {
  const t = useText(texts)
  const tw = useText(words)
  const language = useLanguage()
  const [editing, setEditing] = useState(false)
  const [asking, setAsking] = useState(false)
  const [done, setDone] = useState<'saved' | 'ended'>()
  const end = useEndAutomatic(communityId, found.version)
  const said = found.rule ? saidBy({ rule: found.rule, names: found.names }) : null
  return (
    <Slab title={t('title')}>
      <p className={styles.sentence}>{t('lead')}</p>
      <p className={styles.note}>{t('spared')}</p>
      {editing ? (
        <Editor
          communityId={communityId}
          found={found}
          onDone={() => {
            setEditing(false)
            setDone('saved')
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          <p className={styles.rule}>{said ? sentenceOf(said, tw, language) : t('none')}</p>
          <div className={styles.acts}>
            {found.abilities.includes('set') && (
              <Button look="secondary" onClick={() => setEditing(true)}>
                {t(said ? 'change' : 'set')}
              </Button>
            )}
            {found.abilities.includes('end') && (
              <Button look="quiet" onClick={() => setAsking(true)}>
                {t('end')}
              </Button>
            )}
          </div>
        </>
      )}
      <Result>{done && t(done)}</Result>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('endTitle')}
        confirm={t('end')}
        onConfirm={async () => {
          await end.mutateAsync()
          setDone('ended')
        }}
      >
        {t('endText')}
      </ConfirmDialog>
    </Slab>
  )
}

function Editor({
  communityId,
  found,
  onDone,
  onCancel,
}: {
  communityId: string
  found: Automatic
  onDone: () => void
  onCancel: () => void
}) {
  const t = useText(texts)
  const [said, setSaid] = useState(found.rule ? saidBy({ rule: found.rule, names: found.names }) : everybody)
  const save = useSetAutomatic(communityId, found.version)
  const why = save.error && messageOf(save.error)
  const fields = save.error && 'fields' in save.error ? (save.error.fields as { message: string }[]) : []
  return (
    <div className={styles.form}>
      <FormError>{fields.length > 0 ? [...new Set(fields.map(({ message }) => message))].join(' ') : why}</FormError>
      <AudienceForm said={said} onSay={setSaid} legend={t('who')} />
      <div className={styles.acts}>
        <Button busy={save.isPending} onClick={() => save.mutate(said.rule, { onSuccess: onDone })}>
          {t('save')}
        </Button>
        <Button look="secondary" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
