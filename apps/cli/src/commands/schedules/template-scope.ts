/** Scopes of schedules that have no account and no effect (domain rules, "Schedules"). */
export const TEMPLATE_SCOPES = ['plan', 'addon'] as const;
export type TemplateScope = (typeof TEMPLATE_SCOPES)[number];
