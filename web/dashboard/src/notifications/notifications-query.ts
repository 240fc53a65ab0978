import { answer, api } from '../app/api.js';

export const settingsQuery = {
  queryKey: ['notification-settings'],
  queryFn: () => answer(api.GET('/api/v1/users/me/notifications')),
};
