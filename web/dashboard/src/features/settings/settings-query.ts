import { answer, api, type Shape } from '../../data/api.js';

export type DeskSettings = Shape<'DeskSettingsResponse'>;

export const deskSettingsQuery = {
  queryKey: ['desk-settings'],
  queryFn: () => answer(api.GET('/api/v1/desk/settings')),
};
