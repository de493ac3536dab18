import { IconPhotoUp } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Logo as Mark } from '@/components/Logo'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { texts } from './i18n'
import styles from './organisation.module.css'
import { usePutLogo, useRemoveLogo } from './queries'

/** The university's own mark, in place of Parvis's. */
export function Logo({ url }: { url: string | null }) {
  const t = useText(texts)
  const input = useRef<HTMLInputElement>(null)
  const place = useRef<HTMLDivElement>(null)
  const [sent, setSent] = useState<number>()
  const [result, setResult] = useState<string>()
  const removal = useRemoval<true>(place)
  const putting = usePutLogo(setSent)
  const removing = useRemoveLogo()

  const put = (picture: File | undefined) => {
    if (!picture || putting.isPending) return
    setSent(0)
    setResult(undefined)
    putting.mutate(picture, { onSuccess: () => setResult(t('put')) })
    if (input.current) input.current.value = ''
  }
  const remove = async () => {
    await removing.mutateAsync()
    putting.reset()
    removal.done()
    setResult(t('removed'))
  }

  return (
    <Slab title={t('logo')}>
      <p className={admin.lead}>{t('logoLead')}</p>
      <FormError>{putting.error && messageOf(putting.error)}</FormError>
      <div className={styles.logo}>
        <span className={styles.preview} role="img" aria-label={t('preview')}>
          <Mark size={72} source={url} />
        </span>
        <div>
          <input
            ref={input}
            type="file"
            accept="image/png,image/jpeg,image/webp"
            hidden
            aria-label={t('choose')}
            onChange={(event) => put(event.target.files?.[0])}
          />
          <Button look="secondary" icon={IconPhotoUp} busy={putting.isPending} onClick={() => input.current?.click()}>
            {t(url ? 'replace' : 'choose')}
          </Button>
          {url && (
            <Button look="quiet" onClick={() => removal.ask(true)}>
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      {putting.isPending && <Progress part={sent ?? 0} />}
      <div className={admin.said}>
        <Result ref={place}>{result}</Result>
      </div>
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('removeTitle')}
        confirm={t('remove')}
        danger
        onConfirm={remove}
      >
        {t('removeText')}
      </ConfirmDialog>
    </Slab>
  )
}

/** How far the picture is on its way; once there, the server still has to make the logo. */
function Progress({ part }: { part: number }) {
  const t = useText(texts)
  const label = part < 1 ? t('sending', { percent: Math.round(part * 100) }) : t('preparing')
  return (
    <div className={styles.progress}>
      <progress value={part < 1 ? part : undefined} max={1} aria-label={label} />
      <span aria-hidden="true">{label}</span>
    </div>
  )
}
