import { IconPhotoUp } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import type { SessionMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import type { MyProfile } from '../queries'
import styles from './edit.module.css'
import { texts } from './i18n'
import { usePutAvatar, useRemoveAvatar } from './mutations'

/** The member's picture, which is kept at once: it is sent before the rest of the form. */
export function AvatarForm({ member, avatar }: { member: SessionMember; avatar: MyProfile['avatar'] }) {
  const t = useText(texts)
  const input = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [sent, setSent] = useState(0)
  const [result, setResult] = useState<string>()
  const removal = useRemoval<true>(place)
  const putting = usePutAvatar(setSent)
  const removing = useRemoveAvatar()
  const put = (picture: File | undefined) => {
    if (!picture || putting.isPending) return
    setSent(0)
    setResult(undefined)
    putting.mutate(picture, { onSuccess: () => setResult(t('photoKept')) })
    if (input.current) input.current.value = ''
  }
  const remove = async () => {
    await removing.mutateAsync()
    putting.reset()
    removal.done()
    setResult(t('photoRemoved'))
  }
  const progress = sent < 1 ? t('sending', { percent: Math.round(sent * 100) }) : t('preparing')
  return (
    <>
      <p className={styles.hint}>{t('photoLead')}</p>
      <FormError>{putting.error && messageOf(putting.error)}</FormError>
      <div className={styles.avatar}>
        <span role="img" aria-label={avatar ? t('photoPreview') : t('initialsPreview')}>
          <PersonAvatar id={member.id} name={member.name} public={member.public} size={96} photo={avatar?.large} />
        </span>
        <div>
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            hidden
            aria-label={t('choosePhoto')}
            onChange={(event) => put(event.target.files?.[0])}
          />
          <Button look="secondary" icon={IconPhotoUp} busy={putting.isPending} onClick={() => input.current?.click()}>
            {t(avatar ? 'replacePhoto' : 'choosePhoto')}
          </Button>
          {avatar && (
            <Button look="quiet" onClick={() => removal.ask(true)}>
              {t('removePhoto')}
            </Button>
          )}
        </div>
      </div>
      {putting.isPending && (
        <p className={styles.progress}>
          <progress value={sent < 1 ? sent : undefined} max={1} aria-label={progress} />
          <span aria-hidden="true">{progress}</span>
        </p>
      )}
      <Result ref={place}>{result}</Result>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('removePhotoTitle')}
        confirm={t('removePhoto')}
        danger
        onConfirm={remove}
      >
        {t('removePhotoText')}
      </ConfirmDialog>
    </>
  )
}
