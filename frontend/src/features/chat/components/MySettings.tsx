import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import { useLeave, useSettings } from '../mutations'
import type { Conversation, Level } from '../types'
import styles from './panels.module.css'

type Mute = 'none' | 'kept' | 'hour' | 'evening' | 'week'

/** What one wants of a conversation: what one is told, for how long it is quiet, whether one stays. */
export function MySettings({ conversation, onGone }: { conversation: Conversation; onGone: () => void }) {
  const t = useText(texts)
  const language = useLanguage()
  const { id, level, muted_until: muted, abilities, kind } = conversation
  const [leaving, setLeaving] = useState(false)
  const settings = useSettings(id)
  const leave = useLeave()
  const change = (more: { level?: Level | null; muted_until?: string | null; hidden?: boolean }) =>
    settings.mutateAsync({ level, muted_until: muted, hidden: false, ...more })
  const mutes: { value: Mute; label: string }[] = [
    { value: 'none', label: t('muteNone') },
    ...(muted ? [{ value: 'kept' as const, label: t('mutedUntil', { time: formatMoment(muted, language) }) }] : []),
    { value: 'hour', label: t('muteHour') },
    { value: 'evening', label: t('muteEvening') },
    { value: 'week', label: t('muteWeek') },
  ]
  return (
    <section aria-label={t('notifications')} className={styles.form}>
      <h3>{t('notifications')}</h3>
      <FormError>{settings.error && messageOf(settings.error)}</FormError>
      <SelectField
        label={t('levelLabel')}
        options={[
          { value: 'default', label: t('levelDefault') },
          { value: 'all', label: t('levelAll') },
          { value: 'mentions', label: t('levelMentions') },
          { value: 'nothing', label: t('levelNothing') },
        ]}
        value={level ?? 'default'}
        onChange={(chosen) => void change({ level: chosen === 'default' ? null : chosen })}
      />
      <SelectField
        label={t('mute')}
        options={mutes}
        value={muted ? 'kept' : 'none'}
        onChange={(chosen) => chosen !== 'kept' && void change({ muted_until: untilOf(chosen) })}
      />
      <div className={styles.buttons}>
        <Button
          look="secondary"
          size="small"
          title={t('hideHint')}
          onClick={() => void change({ hidden: true }).then(onGone)}
        >
          {t('hide')}
        </Button>
        {abilities.includes('leave') && (
          <Button look="secondary" size="small" onClick={() => setLeaving(true)}>
            {t('leave')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={t('leaveTitle')}
        confirm={t('leave')}
        danger
        onConfirm={async () => {
          await leave.mutateAsync(id)
          onGone()
        }}
      >
        {t(kind === 'channel' ? 'leaveChannelText' : 'leaveText')}
      </ConfirmDialog>
    </section>
  )
}

const HOUR = 3_600_000
const MORNING = 8

/** When a mute that begins now ends. */
function untilOf(mute: Exclude<Mute, 'kept'>): string | null {
  const now = new Date()
  switch (mute) {
    case 'none':
      return null
    case 'hour':
      return new Date(now.getTime() + HOUR).toISOString()
    case 'evening':
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, MORNING).toISOString()
    case 'week':
      return new Date(now.getTime() + 7 * 24 * HOUR).toISOString()
  }
}
