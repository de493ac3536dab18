import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useRemoval } from '@/components/useRemoval'
import { knowsPasskeys } from '@/entities/credential/webauthn'
import { useText } from '@/lib/i18n'
import { Rows } from '../Rows'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { useAddPasskey, useRemovePasskey } from './mutations'
import { PasskeyRow } from './PasskeyRow'
import { type Credentials, type Passkey, passkeysQuery } from './queries'
import { RenamePasskey } from './RenamePasskey'

export function Passkeys({ credentials }: { credentials: Credentials | undefined }) {
  const t = useText(texts)
  const passkeys = useQuery(passkeysQuery)
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)
  const removal = useRemoval<Passkey>(place)
  const [renaming, setRenaming] = useState<Passkey>()
  const adding = useAddPasskey()
  const removing = useRemovePasskey()
  const isLast = passkeys.data?.some(({ abilities }) => !abilities.includes('remove'))

  const add = () => adding.mutate(undefined, { onSuccess: ({ name }) => setResult(t('passkeyAdded', { name })) })
  const remove = async (passkey: Passkey) => {
    await removing.mutateAsync(passkey)
    removal.done()
    setResult(t('passkeyRemoved'))
  }

  return (
    <Slab title={t('passkeys')}>
      <p className={styles.lead}>{t('passkeysLead')}</p>
      <Loaded query={passkeys}>
        {(items) =>
          items.length === 0 ? (
            <p className={styles.muted}>{t('noPasskeys')}</p>
          ) : (
            <Rows label={t('passkeys')}>
              {items.map((passkey) => (
                <PasskeyRow
                  key={passkey.id}
                  passkey={passkey}
                  onRename={() => setRenaming(passkey)}
                  onRemove={() => removal.ask(passkey)}
                />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {isLast && <p className={styles.muted}>{t('lastWayIn')}</p>}
      <FormError>{adding.error && messageOf(adding.error)}</FormError>
      {!knowsPasskeys() && <p className={styles.muted}>{t('unsupported')}</p>}
      <div className={styles.end}>
        {knowsPasskeys() && credentials?.abilities.includes('add_passkey') && (
          <Button icon={IconPlus} busy={adding.isPending} onClick={add}>
            {t('addPasskey')}
          </Button>
        )}
        <Result ref={place}>{result}</Result>
      </div>
      <RenamePasskey
        passkey={renaming}
        onClose={() => setRenaming(undefined)}
        onRenamed={() => setResult(t('renamed'))}
      />
      <ConfirmDialog
        open={removal.open}
        onClose={removal.close}
        title={t('removePasskeyTitle')}
        confirm={t('remove')}
        danger
        onConfirm={async () => removal.item && remove(removal.item)}
      >
        {removal.item && t('removePasskeyText', { name: removal.item.name })}
      </ConfirmDialog>
    </Slab>
  )
}
