import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { answer, api } from '../../data/api.js';
import { Face } from '../../ui/face.js';
import { useSubmit } from '../../ui/use-submit.js';
import { session } from '../../data/session/session.js';
import { useMe } from '../../data/session/use-session.js';
import { t } from '../../i18n/translate.js';

const TYPES = 'image/png,image/jpeg,image/gif,image/webp';
const MOST_BYTES = 5 * 1024 * 1024;

/** The picture beside one's answers; a new one is shown first, and sent when it pleases. */
export function PictureSection() {
  const me = useMe();
  const { busy, faults, submit } = useSubmit();
  const [file, setFile] = useState<File | null>(null);
  const preview = usePreview(file);
  const isTooBig = file !== null && file.size > MOST_BYTES;
  const fault = isTooBig ? t('account.tooBig') : faults['avatar'];

  const upload = (chosen: File) =>
    submit(async () => {
      const form = new FormData();
      form.append('avatar', chosen);
      const request = api.POST('/api/v1/users/me/avatar', {
        body: { avatar: chosen.name },
        bodySerializer: () => form,
      });
      session.updateUser(await answer(request));
      setFile(null);
    });
  const remove = () =>
    submit(async () => session.updateUser(await answer(api.DELETE('/api/v1/users/me/avatar'))));

  return (
    <Group align="center" gap="md">
      <Face
        size={88}
        name={me.name}
        src={preview ?? me.avatar}
        label={preview ? t('account.preview') : t('account.pictureOf', { name: me.name })}
      />
      <Stack gap="xs" flex="1 1 220px">
        <Text size="sm" c="dimmed">
          {t('account.pictureHint')}
        </Text>
        {fault !== undefined && (
          <Text size="sm" c="var(--danger)" role="alert">
            {fault}
          </Text>
        )}
        <Group gap="xs">
          {file === null ? (
            <FileButton onChange={setFile} accept={TYPES}>
              {(props) => (
                <Button variant="default" {...props}>
                  {t('account.choose')}
                </Button>
              )}
            </FileButton>
          ) : (
            <>
              <Button loading={busy} disabled={isTooBig} onClick={() => void upload(file)}>
                {t('account.use')}
              </Button>
              <Button variant="default" onClick={() => setFile(null)}>
                {t('core.cancel')}
              </Button>
            </>
          )}
          {file === null && me.avatar !== null && (
            <Button variant="subtle" color="red" loading={busy} onClick={() => void remove()}>
              {t('account.removePicture')}
            </Button>
          )}
        </Group>
      </Stack>
    </Group>
  );
}

/** An address of the chosen file, for as long as it is chosen. */
function usePreview(file: File | null): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (file === null) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}
