import { answer, api } from '../../data/api.js';

export const settingsQuery = {
  queryKey: ['notification-settings'],
  queryFn: () => answer(api.GET('/api/v1/users/me/notifications')),
};
