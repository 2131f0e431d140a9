// Generated from docs/openapi.json by `npm run generate`. Do not edit.
import type { ExactNumber } from '../exact-number.js';

export interface components {
    schemas: {
        ActorDto: {
            /** @example user */
            type: string;
            /** @example u_7 */
            id: string;
            /** @example Ada */
            name?: string;
        };
        RefillDto: {
            /** @enum {string} */
            interval: "daily" | "monthly";
            /**
             * @description Above 0.
             * @example 1000
             */
            amount: ExactNumber;
            /** @description Day of the month; required for monthly and refused for daily. */
            refillDay?: number;
            /**
             * @description Whose midnight and whose dates: an IANA time zone.
             * @default UTC
             */
            timeZone?: string;
        };
        OpenAccountDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @example key_1 */
            accountId: string;
            /**
             * @description What it holds at first; null: unlimited.
             * @default 0
             */
            initial?: ExactNumber | null;
            refill?: components["schemas"]["RefillDto"] | null;
            /**
             * @description Lowest available.
             * @default 0
             */
            floor?: ExactNumber;
            /**
             * @description Policy of the account.
             * @default reject
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
            /**
             * @description Absent: the credit type's.
             * @enum {string}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out";
            /** @description One more unique name per tenant and credit type. */
            externalId?: string;
            /** @description Group to which API keys may be limited. */
            group?: string;
            /** @enum {string} */
            type: "account.open";
        };
        ConfigureAccountDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the account's own; null: none.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Closed is final.
             * @enum {string}
             */
            status?: "active" | "frozen" | "closed";
            refill?: components["schemas"]["RefillDto"] | null;
            /** @description Lowest available; null: 0. */
            floor?: ExactNumber | null;
            /**
             * @description Null: reject.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            } | null;
            /**
             * @description Null: the credit type's.
             * @enum {string|null}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out" | null;
            externalId?: string | null;
            group?: string | null;
            /** @enum {string} */
            type: "account.configure";
            /** @example key_1 */
            accountId: string;
        };
        DeltaDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Positive adds, negative subtracts.
             * @example -3
             */
            delta: ExactNumber;
            /**
             * @description Absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
            /** @enum {string} */
            type: "credit.delta";
            /** @example key_1 */
            accountId: string;
        };
        SetBalanceDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description The new available; null: unlimited, which also clears the refill.
             * @example 1000
             */
            value: ExactNumber | null;
            /** @enum {string} */
            type: "credit.set";
            /** @example key_1 */
            accountId: string;
        };
        ReverseEntryDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            /** @description How much of it; absent: all that is left. */
            amount?: ExactNumber;
            /**
             * @description What belongs to a grant that has ended goes to an adjustment grant, or to nobody.
             * @default adjust
             * @enum {string}
             */
            onExpiredGrant?: "adjust" | "forfeit";
            /**
             * @description Of a reversal that takes back; absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
            /** @enum {string} */
            type: "credit.reverse";
            /** @example order-0815 */
            reverses: string;
        };
        CostBasisDto: {
            /** @example EUR */
            currency: string;
            /** @example 0.05 */
            amount: ExactNumber;
        };
        ResetGrantDto: {
            /** @description Unique per tenant; absent: derived from the command. */
            grantId?: string;
            name?: string | null;
            /**
             * @description How much it gives.
             * @example 100
             */
            amount: ExactNumber;
            /** @description Lower is used first; null: last. */
            priority?: number | null;
            /**
             * Format: date-time
             * @description From when on it counts; absent: at once.
             */
            effectiveAt?: string;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never; absent: the credit type's default.
             */
            expiresAt?: string | null;
            costBasis?: components["schemas"]["CostBasisDto"] | null;
            /**
             * @description Where it comes from.
             * @default plan
             * @enum {string}
             */
            kind?: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /** @description The grant's own. */
            metadata?: {
                [key: string]: string;
            } | null;
        };
        RolloverDto: {
            /** @example 25 */
            percent: number;
            /** @description At most this much is carried; null: no cap. */
            cap?: ExactNumber | null;
        };
        ResetAccountDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Name of the period that begins; only recorded.
             * @example 2026-12
             */
            period: string;
            /**
             * @description The base afterwards; required without grants.
             * @example 1000
             */
            value?: ExactNumber;
            /** @description Takes the place of the open grants of the kinds plan and rollover. */
            grants?: components["schemas"]["ResetGrantDto"][];
            /** @description How much of what remains is carried; null: nothing; absent: the credit type's default. */
            rollover?: components["schemas"]["RolloverDto"] | null;
            /** @enum {string} */
            type: "account.reset";
            /** @example key_1 */
            accountId: string;
        };
        CreateGrantDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            grantId?: string;
            name?: string | null;
            /**
             * @description How much it gives.
             * @example 100
             */
            amount: ExactNumber;
            /** @description Lower is used first; null: last. */
            priority?: number | null;
            /**
             * Format: date-time
             * @description From when on it counts; absent: at once.
             */
            effectiveAt?: string;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never; absent: the credit type's default.
             */
            expiresAt?: string | null;
            costBasis?: components["schemas"]["CostBasisDto"] | null;
            /**
             * @description Where it comes from.
             * @default purchased
             * @enum {string}
             */
            kind?: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /** @enum {string} */
            type: "grant.create";
            /** @example key_1 */
            accountId: string;
        };
        UpdateGrantDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the grant's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            name?: string | null;
            /** @description Lower is used first; null: last. */
            priority?: number | null;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never.
             */
            expiresAt?: string | null;
            /** @enum {string} */
            type: "grant.update";
            /** @example pack-0816 */
            grantId: string;
        };
        VoidGrantDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            /** @enum {string} */
            type: "grant.void";
            /** @example pack-0816 */
            grantId: string;
        };
        ExpiryDto: {
            /** @enum {string} */
            type: "never" | "duration" | "period_end";
            /** @description Required for a duration, refused otherwise. */
            count?: number;
            /**
             * @description Required for a duration, refused otherwise.
             * @enum {string}
             */
            unit?: "days" | "weeks" | "months" | "years";
        };
        CreateScheduleDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            scheduleId?: string;
            name?: string | null;
            /**
             * @description Only account acts; plan and addon are templates, which have no account.
             * @default account
             * @enum {string}
             */
            scope?: "account" | "plan" | "addon";
            /**
             * @description How much each period gives.
             * @example 1000
             */
            amount: ExactNumber;
            /** @enum {string} */
            cadence: "one_time" | "recurring";
            /**
             * @description Length of a period; required when recurring.
             * @enum {string}
             */
            period?: "daily" | "weekly" | "monthly" | "quarterly" | "half_yearly" | "yearly";
            /**
             * @description A period is that many times as long.
             * @default 1
             */
            periodCount?: number;
            /**
             * Format: date-time
             * @description From where periods are counted; absent: start.
             */
            anchor?: string;
            /**
             * Format: date-time
             * @description No period starts before it; absent: now.
             */
            start?: string;
            /**
             * Format: date-time
             * @description No period starts at or after it; null: no end.
             */
            end?: string | null;
            /** @description Of its grants; absent: the credit type's default. */
            expiry?: components["schemas"]["ExpiryDto"];
            /**
             * @description Kind of its grants.
             * @default plan
             * @enum {string}
             */
            kind?: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /** @description Priority of its grants; null: last. */
            priority?: number | null;
            /**
             * @description By whose wall clock periods are counted; a name of the IANA database.
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @description How much of a period's remains is carried; null: nothing; absent: the credit type's default. */
            rollover?: components["schemas"]["RolloverDto"] | null;
            /** @enum {string} */
            type: "schedule.create";
            /**
             * @description Required, but for templates, which have none.
             * @example key_1
             */
            accountId?: string;
        };
        UpdateScheduleDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the schedule's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description The account; a template has none. */
            accountId?: string;
            name?: string | null;
            /**
             * Format: date-time
             * @description No period starts at or after it; null: no end.
             */
            end?: string | null;
            /** @enum {string} */
            type: "schedule.update";
            /** @example key_1-monthly */
            scheduleId: string;
        };
        EndScheduleDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description The account; a template has none. */
            accountId?: string;
            /**
             * Format: date-time
             * @description Periods at or after it are cancelled; absent: now.
             */
            end?: string;
            /** @enum {string} */
            type: "schedule.end";
            /** @example key_1-monthly */
            scheduleId: string;
        };
        CreateHoldDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            holdId?: string;
            /**
             * @description How much.
             * @example 400
             */
            amount: ExactNumber;
            /**
             * Format: date-time
             * @description At most 24 hours ahead; absent: 5 minutes.
             */
            expiresAt?: string;
            /**
             * @description Take what is there when it is less.
             * @default false
             */
            partial?: boolean;
            /** @enum {string} */
            type: "hold.create";
            /** @example key_1 */
            accountId: string;
        };
        CaptureHoldDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            /**
             * @description How much.
             * @example 260
             */
            amount: ExactNumber;
            /**
             * @description Releases the rest.
             * @default false
             */
            final?: boolean;
            /**
             * @description What is more than the hold has left is charged like a delta; absent: `HOLD_EXCEEDED`.
             * @enum {string}
             */
            overage?: "charge";
            /**
             * @description Of the overage; absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
            /** @enum {string} */
            type: "hold.capture";
            /** @example job-0816 */
            holdId: string;
        };
        ExtendHoldDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            /** @description How much more; required without expiresAt. */
            amount?: ExactNumber;
            /**
             * Format: date-time
             * @description At most 24 hours ahead; an earlier one changes nothing.
             */
            expiresAt?: string;
            /**
             * @description Take what is there when it is less.
             * @default false
             */
            partial?: boolean;
            /** @enum {string} */
            type: "hold.extend";
            /** @example job-0816 */
            holdId: string;
        };
        ReleaseHoldDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Only needed when what the path names may not be recorded yet; then the command is published behind it.
             * @example key_1
             */
            accountId?: string;
            /** @enum {string} */
            type: "hold.release";
            /** @example job-0816 */
            holdId: string;
        };
        PriceDto: {
            /** @example EUR */
            currency: string;
            /** @example 0.05 */
            pricePerUnit: ExactNumber;
        };
        PutCreditTypeDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the type's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /** @description Decimal places of its amounts, for ever. */
            scale: number;
            name?: string | null;
            singularName?: string | null;
            pluralName?: string | null;
            icon?: string | null;
            /**
             * @default priority
             * @enum {string|null}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out" | null;
            /** @description Of grants that don't say. */
            defaultExpiry?: components["schemas"]["ExpiryDto"] | null;
            /** @description Of resets and schedules that don't say. */
            defaultRollover?: components["schemas"]["RolloverDto"] | null;
            prices?: components["schemas"]["PriceDto"][] | null;
            /** @enum {string} */
            type: "credit-type.put";
            /**
             * @description The credit type.
             * @example tokens
             */
            creditType: string;
        };
        DeleteCreditTypeDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /** @enum {string} */
            type: "credit-type.delete";
            /**
             * @description The credit type.
             * @example tokens
             */
            creditType: string;
        };
        ReverseEntryBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
            /** @description How much of it; absent: all that is left. */
            amount?: ExactNumber;
            /**
             * @description What belongs to a grant that has ended goes to an adjustment grant, or to nobody.
             * @default adjust
             * @enum {string}
             */
            onExpiredGrant?: "adjust" | "forfeit";
            /**
             * @description Of a reversal that takes back; absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
        };
        OpenAccountBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @example key_1 */
            accountId: string;
            /**
             * @description What it holds at first; null: unlimited.
             * @default 0
             */
            initial?: ExactNumber | null;
            refill?: components["schemas"]["RefillDto"] | null;
            /**
             * @description Lowest available.
             * @default 0
             */
            floor?: ExactNumber;
            /**
             * @description Policy of the account.
             * @default reject
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
            /**
             * @description Absent: the credit type's.
             * @enum {string}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out";
            /** @description One more unique name per tenant and credit type. */
            externalId?: string;
            /** @description Group to which API keys may be limited. */
            group?: string;
        };
        ConfigureAccountBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the account's own; null: none.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Closed is final.
             * @enum {string}
             */
            status?: "active" | "frozen" | "closed";
            refill?: components["schemas"]["RefillDto"] | null;
            /** @description Lowest available; null: 0. */
            floor?: ExactNumber | null;
            /**
             * @description Null: reject.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            } | null;
            /**
             * @description Null: the credit type's.
             * @enum {string|null}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out" | null;
            externalId?: string | null;
            group?: string | null;
        };
        DeltaBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Positive adds, negative subtracts.
             * @example -3
             */
            delta: ExactNumber;
            /**
             * @description Absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
        };
        SetBalanceBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description The new available; null: unlimited, which also clears the refill.
             * @example 1000
             */
            value: ExactNumber | null;
        };
        RefillAccountBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * Format: date
             * @description The day (UTC) that it is the refill of.
             * @example 2026-11-20
             */
            date: string;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
        };
        ResetAccountBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /**
             * @description Name of the period that begins; only recorded.
             * @example 2026-12
             */
            period: string;
            /**
             * @description The base afterwards; required without grants.
             * @example 1000
             */
            value?: ExactNumber;
            /** @description Takes the place of the open grants of the kinds plan and rollover. */
            grants?: components["schemas"]["ResetGrantDto"][];
            /** @description How much of what remains is carried; null: nothing; absent: the credit type's default. */
            rollover?: components["schemas"]["RolloverDto"] | null;
        };
        CreateGrantBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            grantId?: string;
            name?: string | null;
            /**
             * @description How much it gives.
             * @example 100
             */
            amount: ExactNumber;
            /** @description Lower is used first; null: last. */
            priority?: number | null;
            /**
             * Format: date-time
             * @description From when on it counts; absent: at once.
             */
            effectiveAt?: string;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never; absent: the credit type's default.
             */
            expiresAt?: string | null;
            costBasis?: components["schemas"]["CostBasisDto"] | null;
            /**
             * @description Where it comes from.
             * @default purchased
             * @enum {string}
             */
            kind?: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
        };
        CreateScheduleBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            scheduleId?: string;
            name?: string | null;
            /**
             * @description Only account acts; plan and addon are templates, which have no account.
             * @default account
             * @enum {string}
             */
            scope?: "account" | "plan" | "addon";
            /**
             * @description How much each period gives.
             * @example 1000
             */
            amount: ExactNumber;
            /** @enum {string} */
            cadence: "one_time" | "recurring";
            /**
             * @description Length of a period; required when recurring.
             * @enum {string}
             */
            period?: "daily" | "weekly" | "monthly" | "quarterly" | "half_yearly" | "yearly";
            /**
             * @description A period is that many times as long.
             * @default 1
             */
            periodCount?: number;
            /**
             * Format: date-time
             * @description From where periods are counted; absent: start.
             */
            anchor?: string;
            /**
             * Format: date-time
             * @description No period starts before it; absent: now.
             */
            start?: string;
            /**
             * Format: date-time
             * @description No period starts at or after it; null: no end.
             */
            end?: string | null;
            /** @description Of its grants; absent: the credit type's default. */
            expiry?: components["schemas"]["ExpiryDto"];
            /**
             * @description Kind of its grants.
             * @default plan
             * @enum {string}
             */
            kind?: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /** @description Priority of its grants; null: last. */
            priority?: number | null;
            /**
             * @description By whose wall clock periods are counted; a name of the IANA database.
             * @default UTC
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @description How much of a period's remains is carried; null: nothing; absent: the credit type's default. */
            rollover?: components["schemas"]["RolloverDto"] | null;
        };
        CreateHoldBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Unique per tenant; absent: derived from the command. */
            holdId?: string;
            /**
             * @description How much.
             * @example 400
             */
            amount: ExactNumber;
            /**
             * Format: date-time
             * @description At most 24 hours ahead; absent: 5 minutes.
             */
            expiresAt?: string;
            /**
             * @description Take what is there when it is less.
             * @default false
             */
            partial?: boolean;
        };
        UpdateGrantBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the grant's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
            name?: string | null;
            /** @description Lower is used first; null: last. */
            priority?: number | null;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never.
             */
            expiresAt?: string | null;
        };
        VoidGrantBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
        };
        CaptureHoldBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
            /**
             * @description How much.
             * @example 260
             */
            amount: ExactNumber;
            /**
             * @description Releases the rest.
             * @default false
             */
            final?: boolean;
            /**
             * @description What is more than the hold has left is charged like a delta; absent: `HOLD_EXCEEDED`.
             * @enum {string}
             */
            overage?: "charge";
            /**
             * @description Of the overage; absent: the account's policy.
             * @example reject
             */
            onInsufficient?: ("reject" | "clamp" | "allow") | {
                downTo: ExactNumber;
            };
        };
        ExtendHoldBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
            /** @description How much more; required without expiresAt. */
            amount?: ExactNumber;
            /**
             * Format: date-time
             * @description At most 24 hours ahead; an earlier one changes nothing.
             */
            expiresAt?: string;
            /**
             * @description Take what is there when it is less.
             * @default false
             */
            partial?: boolean;
        };
        ReleaseHoldBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description Only needed when what the path names may not be recorded yet; then the command is published behind it. */
            accountId?: string;
        };
        UpdateScheduleBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the schedule's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description The account; a template has none. */
            accountId?: string;
            name?: string | null;
            /**
             * Format: date-time
             * @description No period starts at or after it; null: no end.
             */
            end?: string | null;
        };
        EndScheduleBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /**
             * @description What the account holds.
             * @default credits
             */
            creditType?: string;
            /** @description The account; a template has none. */
            accountId?: string;
            /**
             * Format: date-time
             * @description Periods at or after it are cancelled; absent: now.
             */
            end?: string;
        };
        PutCreditTypeBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Kept on the entry and as the type's own.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
            /** @description Decimal places of its amounts, for ever. */
            scale: number;
            name?: string | null;
            singularName?: string | null;
            pluralName?: string | null;
            icon?: string | null;
            /**
             * @default priority
             * @enum {string|null}
             */
            burnOrder?: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out" | null;
            /** @description Of grants that don't say. */
            defaultExpiry?: components["schemas"]["ExpiryDto"] | null;
            /** @description Of resets and schedules that don't say. */
            defaultRollover?: components["schemas"]["RolloverDto"] | null;
            prices?: components["schemas"]["PriceDto"][] | null;
        };
        DeleteCreditTypeBodyDto: {
            /**
             * @description Comes from the API key; another tenant's is refused with 403.
             * @example acme
             */
            tenantId?: string;
            /**
             * @description Version of this format.
             * @default 1
             * @enum {number}
             */
            schemaVersion?: 1;
            /** @description Who asked for it; only recorded. */
            actor?: components["schemas"]["ActorDto"];
            /**
             * @description Short code.
             * @example usage
             */
            reason?: string;
            /** @description For people to read. */
            description?: string;
            /**
             * @description Strings of the publisher, kept on the entry.
             * @example {
             *       "region": "eu-west-1"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * Format: date-time
             * @description When it happened at the publisher, RFC 3339; only recorded.
             * @example 2026-11-20T10:00:00Z
             */
            occurredAt?: string;
            /** @description Which system sent it; only recorded. */
            source?: string;
            /**
             * @description Command id; `Idempotency-Key` may be sent instead. One effect per id, for ever.
             * @example 0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e
             */
            id?: string;
            /**
             * @description Refuses the command when the account has another version.
             * @example 17
             */
            expectedVersion?: ExactNumber;
        };
        /** @description What accounts may hold. */
        CreditType: {
            /** @description Its name. */
            creditTypeId: string;
            /** @description Decimal places of its amounts. */
            scale: number;
            /** @description For people to read. */
            name: string | null;
            /** @description For people to read. */
            description: string | null;
            /** @description One of it. */
            singularName: string | null;
            /** @description Several of it. */
            pluralName: string | null;
            /** @description For display. */
            icon: string | null;
            /**
             * @description Order in which grants are used.
             * @enum {string}
             */
            burnOrder: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out";
            /** @description Of grants that don't say; null: never. */
            defaultExpiry: {
                /**
                 * @description When grants expire.
                 * @enum {string}
                 */
                type: "never" | "duration" | "period_end";
                /** @description Of a duration. */
                count?: number;
                /**
                 * @description Of a duration.
                 * @enum {string}
                 */
                unit?: "days" | "weeks" | "months" | "years";
            } | null;
            /** @description How much of what remains is carried over; null: nothing. */
            defaultRollover: {
                /** @description Of what remains. */
                percent: number;
                /** @description At most this much; null: no cap. */
                cap: string | null;
            } | null;
            /** @description For display. */
            prices: {
                /** @description For example EUR. */
                currency: string;
                /** @description Of one credit. */
                pricePerUnit: string;
            }[];
            /** @description The publisher's. */
            metadata: {
                [key: string]: string;
            } | null;
            /** @description Number of entries that made or changed it; 0: the built-in one, never put. */
            version: string;
        };
        /** @description One page. */
        CreditTypeList: {
            data: components["schemas"]["CreditType"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /** @description A lot of credits. */
        Grant: {
            /** @description Unique per tenant. */
            grantId: string;
            /** @description Whose it is. */
            accountId: string;
            /** @description What it is of. */
            creditType: string;
            /** @description For people to read. */
            name: string | null;
            /**
             * @description Where it comes from.
             * @enum {string}
             */
            kind: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /**
             * @description Only open ones are used.
             * @enum {string}
             */
            status: "pending" | "open" | "exhausted" | "expired" | "voided";
            /** @description How much it gave. */
            amount: string;
            /** @description What is left, held credits included. */
            remaining: string;
            /** @description What open holds reserve of the remaining. */
            held: string;
            /** @description Lower is used first; null: last. */
            priority: number | null;
            /**
             * Format: date-time
             * @description From when on it counts.
             */
            effectiveAt: string;
            /**
             * Format: date-time
             * @description The last instant at which it is used; null: never.
             */
            expiresAt: string | null;
            /** @description The grant that its credits come from (rollover, adjustment). */
            sourceGrantId: string | null;
            /** @description The schedule that made it. */
            scheduleId: string | null;
            /** @description What one credit cost. */
            costBasis: {
                /** @description For example EUR. */
                currency: string;
                /** @description Per credit. */
                amount: string;
            } | null;
            /** @description The publisher's. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        GrantDetail: components["schemas"]["Grant"] & {
            /** @description Newest first. */
            entries: {
                data: {
                    /** @description Id of the line. */
                    entryId: string;
                    /** @description The whole outcome is at `/v1/commands/{commandId}`. */
                    commandId: string;
                    /** @description For example `credit.delta`. */
                    commandType: string;
                    /**
                     * @description What kind of change.
                     * @enum {string}
                     */
                    cause: "open" | "configure" | "delta" | "set" | "refill" | "reset" | "grant" | "activation" | "expiry" | "void" | "schedule" | "hold" | "capture" | "extend" | "release" | "hold-expiry" | "reversal";
                    /** @description What it gave to the grant or, negative, took from it. */
                    amount: string;
                    /** @description Of the account. */
                    version: string;
                    /** @description As sent. */
                    reason: string | null;
                    /**
                     * Format: date-time
                     * @description When it was recorded.
                     */
                    recordedAt: string;
                }[];
                /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
                nextCursor: string | null;
            };
        };
        /** @description One page. */
        GrantList: {
            data: components["schemas"]["Grant"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /** @description Credits set aside. */
        Hold: {
            /** @description Unique per tenant. */
            holdId: string;
            /** @description Whose it is. */
            accountId: string;
            /** @description What it is of. */
            creditType: string;
            /**
             * @description Only open ones reserve.
             * @enum {string}
             */
            status: "open" | "captured" | "released" | "expired";
            /** @description What it was granted, extensions included. */
            amount: string;
            /** @description What was used so far. */
            captured: string;
            /** @description What may still be captured; 0 once it ended. */
            remaining: string;
            /** @description Where what it still reserves comes from; empty once it ended, and of an unlimited account. */
            reserved: {
                /** @description null: credits in no grant. */
                grantId: string | null;
                /** @description How much. */
                amount: string;
            }[];
            /**
             * Format: date-time
             * @description The last instant at which it may be used.
             */
            expiresAt: string;
            /** @description The publisher's. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /** @description One page. */
        HoldList: {
            data: components["schemas"]["Hold"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /** @description A source of grants, or a template of one. */
        Schedule: {
            /** @description Unique per tenant. */
            scheduleId: string;
            /** @description Whose it is; null: a template. */
            accountId: string | null;
            /** @description What it gives. */
            creditType: string;
            /** @description For people to read. */
            name: string | null;
            /**
             * @description Only account acts; plan and addon are templates.
             * @enum {string}
             */
            scope: "account" | "plan" | "addon";
            /**
             * @description completed: nothing is to come; ended: by a command.
             * @enum {string}
             */
            status: "active" | "completed" | "ended";
            /** @description How much each period gives. */
            amount: string;
            /**
             * @description Once, or again and again.
             * @enum {string}
             */
            cadence: "one_time" | "recurring";
            /**
             * @description Length of a period.
             * @enum {string|null}
             */
            period: "daily" | "weekly" | "monthly" | "quarterly" | "half_yearly" | "yearly" | null;
            /** @description A period is that many times as long. */
            periodCount: number;
            /**
             * Format: date-time
             * @description From where periods are counted.
             */
            anchor: string;
            /**
             * Format: date-time
             * @description No period starts before it.
             */
            start: string;
            /**
             * Format: date-time
             * @description No period starts at or after it; null: no end.
             */
            end: string | null;
            /** @description When its grants expire. */
            expiry: {
                /**
                 * @description When grants expire.
                 * @enum {string}
                 */
                type: "never" | "duration" | "period_end";
                /** @description Of a duration. */
                count?: number;
                /**
                 * @description Of a duration.
                 * @enum {string}
                 */
                unit?: "days" | "weeks" | "months" | "years";
            };
            /**
             * @description Kind of its grants.
             * @enum {string}
             */
            kind: "plan" | "purchased" | "free" | "promotional" | "adjustment" | "rollover" | "refund";
            /** @description Priority of its grants; null: last. */
            priority: number | null;
            /** @description By whose wall clock periods are counted. */
            timeZone: string;
            /** @description How much of what remains is carried over; null: nothing. */
            rollover: {
                /** @description Of what remains. */
                percent: number;
                /** @description At most this much; null: no cap. */
                cap: string | null;
            } | null;
            /** @description The publisher's. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When the next period starts; null: there is none.
             */
            nextPeriodStart: string | null;
            /** @description Number of entries that made or changed it. */
            version: string;
            /**
             * Format: date-time
             * @description When it was made.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was last changed.
             */
            updatedAt: string;
        };
        /** @description One page. */
        ScheduleList: {
            data: components["schemas"]["Schedule"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /** @description The broker has the command; its outcome comes later. */
        Accepted: {
            /** @description Where its outcome will be: `/v1/commands/{commandId}`. */
            commandId: string;
            /** @constant */
            status: "accepted";
        };
        /** @description An account. */
        Account: {
            /** @description Its name. */
            accountId: string;
            /** @description Names exactly this account. */
            systemId: string;
            /** @description One more unique name per tenant and credit type. */
            externalId: string | null;
            /** @description Group to which API keys may be limited. */
            group: string | null;
            /** @description What it holds. */
            creditType: string;
            /** @description Decimal places of its amounts. */
            scale: number;
            /** @enum {string} */
            status: "active" | "frozen" | "closed";
            /** @description Then balance and available are null. */
            unlimited: boolean;
            /** @description Credits in the account, held ones included; null: unlimited. */
            balance: string | null;
            /** @description Reserved by open holds. */
            held: string;
            /** @description What can be used now; null: unlimited. */
            available: string | null;
            /** @description Number of applied entries. */
            version: string;
            /** @description Lowest available. */
            floor: string;
            /** @description What happens when available would go below the floor. */
            onInsufficient: ("reject" | "clamp" | "allow") | {
                /** @description Lowest available. */
                downTo: string;
            };
            /**
             * @description null: the credit type's.
             * @enum {string|null}
             */
            burnOrder: "priority" | "expiration_priority" | "first_in_first_out" | "last_in_first_out" | "plan_first_then_credit_bundles_first_in_first_out" | null;
            /** @description Raises available on a calendar; null: none. */
            refill: {
                /** @enum {string} */
                interval: "daily" | "monthly";
                /** @description Available becomes at least this. */
                amount: string;
                /** @description Of monthly refills. */
                refillDay?: number;
                /** @description IANA time zone: whose midnight and whose dates. */
                timeZone: string;
            } | null;
            /** @description The publisher's. */
            metadata: {
                [key: string]: string;
            } | null;
            /**
             * Format: date-time
             * @description When it was opened.
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When its last entry was recorded.
             */
            updatedAt: string;
        };
        AccountDetail: components["schemas"]["Account"] & {
            /** @description Open and pending ones, and ended ones of which holds still reserve something. */
            grants: components["schemas"]["Grant"][];
            /** @description The open ones. */
            holds: components["schemas"]["Hold"][];
        };
        /** @description One page. */
        AccountList: {
            data: components["schemas"]["Account"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /** @description What an account held at a time. */
        BalanceAt: {
            /** @description Its name. */
            accountId: string;
            /** @description Names exactly this account. */
            systemId: string;
            /** @description What it holds. */
            creditType: string;
            /** @description Decimal places of its amounts. */
            scale: number;
            /** @description Then balance and available are null. */
            unlimited: boolean;
            /** @description Credits in the account, held ones included; null: unlimited. */
            balance: string | null;
            /** @description Reserved by open holds. */
            held: string;
            /** @description What can be used now; null: unlimited. */
            available: string | null;
            /**
             * Format: date-time
             * @description The time asked for.
             */
            at: string;
            /** @description Version of the last entry up to that time. */
            version: string;
            /**
             * Format: date-time
             * @description When that entry was recorded.
             */
            recordedAt: string;
        };
        /** @description One result per command, in order. */
        BatchResults: {
            results: (components["schemas"]["Accepted"] | components["schemas"]["Problem"])[];
        };
        Entry: components["schemas"]["Outcome"] & {
            /** @description Id of the line. */
            entryId: string;
        };
        /** @description One page. */
        EntryList: {
            data: components["schemas"]["Entry"][];
            /** @description To be sent as `cursor` with the same filters; null: the last page. A page narrowed by a filter may be short, even empty, and still not be the last. */
            nextCursor: string | null;
        };
        /**
         * Outcome
         * @description What became of a command. What it does not have is absent.
         * @example {
         *       "tenantId": "acme",
         *       "accountId": "key_1",
         *       "creditType": "credits",
         *       "commandId": "0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e",
         *       "commandType": "credit.delta",
         *       "status": "applied",
         *       "code": "APPLIED",
         *       "cause": "delta",
         *       "requested": "-3",
         *       "applied": "-3",
         *       "before": {
         *         "balance": "10",
         *         "held": "0",
         *         "available": "10",
         *         "unlimited": false
         *       },
         *       "after": {
         *         "balance": "7",
         *         "held": "0",
         *         "available": "7",
         *         "unlimited": false
         *       },
         *       "version": "4",
         *       "previousVersion": "3",
         *       "allocations": [
         *         {
         *           "grantId": null,
         *           "amount": "-3"
         *         }
         *       ],
         *       "reason": "usage",
         *       "description": "3 images",
         *       "actor": {
         *         "type": "user",
         *         "id": "u_1",
         *         "name": "Ada"
         *       },
         *       "metadata": {
         *         "region": "eu-west-1"
         *       },
         *       "source": "image-service",
         *       "occurredAt": "2026-11-20T10:00:00Z",
         *       "recordedAt": "2026-11-20T10:00:00.250Z"
         *     }
         * @example {
         *       "tenantId": "acme",
         *       "accountId": "key_1",
         *       "creditType": "credits",
         *       "commandId": "0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e",
         *       "commandType": "credit.delta",
         *       "status": "rejected",
         *       "code": "INSUFFICIENT_CREDITS",
         *       "cause": "delta",
         *       "requested": "-30",
         *       "before": {
         *         "balance": "10",
         *         "held": "0",
         *         "available": "10",
         *         "unlimited": false
         *       },
         *       "reason": "usage",
         *       "description": "3 images",
         *       "actor": {
         *         "type": "user",
         *         "id": "u_1",
         *         "name": "Ada"
         *       },
         *       "metadata": {
         *         "region": "eu-west-1"
         *       },
         *       "source": "image-service",
         *       "occurredAt": "2026-11-20T10:00:00Z",
         *       "recordedAt": "2026-11-20T10:00:00.250Z",
         *       "message": "delta is -30: available is 10 and may not go below the floor of 0",
         *       "details": {
         *         "available": "10",
         *         "floor": "0"
         *       }
         *     }
         */
        Outcome: {
            /** @description Whose account it is. */
            tenantId: string;
            /** @description The account; absent of commands about the catalogue, which touch none. */
            accountId?: string;
            /** @description What the account holds. */
            creditType: string;
            /** @description Id of the command. */
            commandId: string;
            /** @description Type of the command. */
            commandType: string;
            /**
             * @description Rejected commands change nothing.
             * @enum {unknown}
             */
            status: "applied" | "rejected";
            /**
             * @description Why; a closed list.
             * @enum {unknown}
             */
            code: "APPLIED" | "APPLIED_PARTIALLY" | "NO_CHANGE" | "ACCOUNT_NOT_FOUND" | "ACCOUNT_EXISTS" | "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "ACCOUNT_UNLIMITED" | "INSUFFICIENT_CREDITS" | "BALANCE_OVERFLOW" | "AMOUNT_PRECISION" | "VERSION_CONFLICT" | "COMMAND_CONFLICT" | "CREDIT_TYPE_NOT_FOUND" | "CREDIT_TYPE_CONFLICT" | "GRANT_NOT_FOUND" | "GRANT_EXISTS" | "GRANT_NOT_OPEN" | "HOLD_NOT_FOUND" | "HOLD_EXISTS" | "HOLD_NOT_OPEN" | "HOLD_OPEN" | "HOLD_EXCEEDED" | "SCHEDULE_NOT_FOUND" | "SCHEDULE_EXISTS" | "SCHEDULE_ENDED" | "ORIGINAL_NOT_FOUND" | "REVERSAL_EXCEEDS_ORIGINAL" | "NOT_REVERSIBLE" | "LIMIT_EXCEEDED";
            /**
             * @description What kind of change it is.
             * @enum {unknown}
             */
            cause: "open" | "configure" | "delta" | "set" | "refill" | "reset" | "grant" | "activation" | "expiry" | "void" | "schedule" | "hold" | "capture" | "extend" | "release" | "hold-expiry" | "reversal";
            /** @description What was asked for, signed; of a rejected command as sent. */
            requested?: string;
            /** @description By how much the balance changed. */
            applied?: string;
            /** @description Before it; absent when the account is not known. Null: unlimited. */
            before?: {
                /** @description Base plus what remains in opened grants, held credits included. */
                balance: string | null;
                /** @description Reserved by open holds. */
                held: string;
                /** @description What may be used now. */
                available: string | null;
                unlimited: boolean;
            };
            /** @description After it; only when applied. Null: unlimited. */
            after?: {
                /** @description Base plus what remains in opened grants, held credits included. */
                balance: string | null;
                /** @description Reserved by open holds. */
                held: string;
                /** @description What may be used now. */
                available: string | null;
                unlimited: boolean;
            };
            /** @description Version after it, of the account or of the definition in the catalogue: 1, 2, 3 … without gap. */
            version?: string;
            /** @description One less; a consumer that has another has missed events. */
            previousVersion?: string;
            /** @description How much it gave to or took from each grant, or the base (null). They sum to applied. */
            allocations?: {
                grantId: string | null;
                amount: string;
            }[];
            /** @description The grant that it named, or made when that is just one; only when applied. */
            grantId?: string;
            /** @description The hold that it named or made; only when applied. */
            holdId?: string;
            /** @description The schedule that it named or made; only when applied. */
            scheduleId?: string;
            /** @description As sent. */
            reason?: string;
            /** @description As sent. */
            description?: string;
            /** @description As sent. */
            actor?: {
                type: string;
                id: string;
                name?: string;
            };
            /** @description As sent. */
            metadata?: {
                [key: string]: string;
            };
            /** @description As sent. */
            source?: string;
            /**
             * Format: date-time
             * @description As sent.
             */
            occurredAt?: string;
            /**
             * Format: date-time
             * @description The log's append time at which it was decided.
             */
            recordedAt: string;
            /** @description Why it was rejected, for people. */
            message?: string;
            /** @description For programs: why it was rejected; when applied, why a command of the scheduler had no effect (code), or what was skipped. */
            details?: {
                [key: string]: string;
            };
            /**
             * @description Answers and replies only: the command was sent before, this is its first outcome.
             * @constant
             */
            duplicate?: true;
        };
        /**
         * @description Problem details (RFC 9457).
         * @example {
         *       "type": "urn:creditbus:problem:insufficient-credits",
         *       "title": "Insufficient credits",
         *       "status": 409,
         *       "detail": "available is 2, the delta of -3 would go below the floor of 0",
         *       "instance": "/v1/accounts/key_1/deltas",
         *       "code": "INSUFFICIENT_CREDITS",
         *       "requestId": "1f0c9a52-0f4e-4f7c-9d0e-6b8f3a1d2c4b",
         *       "commandId": "0192f0c1-7d0a-7c6e-9b1e-3f5a2b1c0d4e"
         *     }
         */
        Problem: {
            /** @description Names the kind of problem, as the code does. */
            type: string;
            /** @description The same for every occurrence of a code. */
            title: string;
            /** @description HTTP status. */
            status: number;
            /** @description What is wrong, for people. */
            detail: string;
            /** @description Path of the request. */
            instance: string;
            /**
             * @description Stable; a closed list.
             * @enum {string}
             */
            code: "INVALID_REQUEST" | "INVALID_CURSOR" | "TIME_IN_FUTURE" | "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "METHOD_NOT_ALLOWED" | "REQUEST_TIMEOUT" | "COMMAND_NOT_RECORDED" | "UNSUPPORTED_MEDIA_TYPE" | "RATE_LIMITED" | "UNAVAILABLE" | "INTERNAL_ERROR" | "EMPTY_VALUE" | "TOO_LARGE" | "NOT_JSON" | "UNKNOWN_TYPE" | "UNSUPPORTED_VERSION" | "MISSING_TENANT" | "INVALID_FIELD" | "UNKNOWN_TENANT" | "NOT_DUE" | "PROCESSING_FAILED" | "ACCOUNT_NOT_FOUND" | "ACCOUNT_EXISTS" | "ACCOUNT_FROZEN" | "ACCOUNT_CLOSED" | "ACCOUNT_UNLIMITED" | "INSUFFICIENT_CREDITS" | "BALANCE_OVERFLOW" | "AMOUNT_PRECISION" | "VERSION_CONFLICT" | "COMMAND_CONFLICT" | "CREDIT_TYPE_NOT_FOUND" | "CREDIT_TYPE_CONFLICT" | "GRANT_NOT_FOUND" | "GRANT_EXISTS" | "GRANT_NOT_OPEN" | "HOLD_NOT_FOUND" | "HOLD_EXISTS" | "HOLD_NOT_OPEN" | "HOLD_OPEN" | "HOLD_EXCEEDED" | "SCHEDULE_NOT_FOUND" | "SCHEDULE_EXISTS" | "SCHEDULE_ENDED" | "ORIGINAL_NOT_FOUND" | "REVERSAL_EXCEEDS_ORIGINAL" | "NOT_REVERSIBLE" | "LIMIT_EXCEEDED";
            /** @description Each wrong field. */
            errors?: {
                /** @description JSON pointer into the body, `?name` of a query parameter, or a header. */
                pointer: string;
                /** @description What is allowed. */
                message: string;
            }[];
            /** @description Finds the request in the log. */
            requestId: string;
            /** @description Of requests that publish a command, also a made one: send it again with this id. */
            commandId?: string;
            /** @description Of a rejected command. */
            outcome?: components["schemas"]["Outcome"];
            /** @description Of a batch of which nothing could be published. */
            results?: unknown[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export interface operations {
    publishCommand: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenAccountDto"] | components["schemas"]["ConfigureAccountDto"] | components["schemas"]["DeltaDto"] | components["schemas"]["SetBalanceDto"] | components["schemas"]["ReverseEntryDto"] | components["schemas"]["ResetAccountDto"] | components["schemas"]["CreateGrantDto"] | components["schemas"]["UpdateGrantDto"] | components["schemas"]["VoidGrantDto"] | components["schemas"]["CreateScheduleDto"] | components["schemas"]["UpdateScheduleDto"] | components["schemas"]["EndScheduleDto"] | components["schemas"]["CreateHoldDto"] | components["schemas"]["CaptureHoldDto"] | components["schemas"]["ExtendHoldDto"] | components["schemas"]["ReleaseHoldDto"] | components["schemas"]["PutCreditTypeDto"] | components["schemas"]["DeleteCreditTypeDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    publishBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    commands: (components["schemas"]["OpenAccountDto"] | components["schemas"]["ConfigureAccountDto"] | components["schemas"]["DeltaDto"] | components["schemas"]["SetBalanceDto"] | components["schemas"]["ReverseEntryDto"] | components["schemas"]["ResetAccountDto"] | components["schemas"]["CreateGrantDto"] | components["schemas"]["UpdateGrantDto"] | components["schemas"]["VoidGrantDto"] | components["schemas"]["CreateScheduleDto"] | components["schemas"]["UpdateScheduleDto"] | components["schemas"]["EndScheduleDto"] | components["schemas"]["CreateHoldDto"] | components["schemas"]["CaptureHoldDto"] | components["schemas"]["ExtendHoldDto"] | components["schemas"]["ReleaseHoldDto"] | components["schemas"]["PutCreditTypeDto"] | components["schemas"]["DeleteCreditTypeDto"])[];
                };
            };
        };
        responses: {
            /** @description One result per command, in order. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResults"];
                };
            };
        };
    };
    reverseCommand: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Id of the command, URL-encoded. */
                commandId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReverseEntryBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    getCommand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the command, URL-encoded. */
                commandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /** @description Only accounts whose id begins with it. */
                prefix?: string;
                /** @description Only accounts of this credit type; absent: of all. */
                creditType?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
        };
    };
    openAccount: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OpenAccountBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    getAccount: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
                /** @description RFC 3339 time, not in the future: answers the balance after the entries recorded up to then. */
                at?: string;
            };
            header?: never;
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDetail"] | components["schemas"]["BalanceAt"];
                };
            };
        };
    };
    configureAccount: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfigureAccountBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    applyDelta: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeltaBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    setBalance: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetBalanceBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    refillAccount: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefillAccountBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    resetAccount: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetAccountBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listGrants: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
                /** @description RFC 3339 time of creation, inclusive. */
                from?: string;
                /** @description RFC 3339 time of creation, exclusive. */
                to?: string;
                /** @description One of pending, open, exhausted, expired, voided; absent: every one. */
                status?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantList"];
                };
            };
        };
    };
    createGrant: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateGrantBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listSchedules: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
                /** @description RFC 3339 time of creation, inclusive. */
                from?: string;
                /** @description RFC 3339 time of creation, exclusive. */
                to?: string;
                /** @description One of active, completed, ended; absent: every one. */
                status?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleList"];
                };
            };
        };
    };
    createSchedule: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateScheduleBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
                /** @description RFC 3339 time of creation, inclusive. */
                from?: string;
                /** @description RFC 3339 time of creation, exclusive. */
                to?: string;
                /** @description One of open, captured, released, expired; absent: every one. */
                status?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldList"];
                };
            };
        };
    };
    createHold: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateHoldBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listEntries: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
                /** @description RFC 3339 time, inclusive. */
                from?: string;
                /** @description RFC 3339 time, exclusive. */
                to?: string;
                /** @description One of open, configure, delta, set, refill, reset, grant, activation, expiry, void, schedule, hold, capture, extend, release, hold-expiry, reversal. */
                cause?: string;
                /** @description As sent. */
                reason?: string;
                /** @description `applied` (default) or `rejected`. */
                status?: string;
                /** @description For example `credit.delta`. */
                commandType?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Account id, `ext:<external id>` or system id (`acct_…`), URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryList"];
                };
            };
        };
    };
    getGrant: {
        parameters: {
            query?: {
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Grant id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantDetail"];
                };
            };
        };
    };
    updateGrant: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Grant id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateGrantBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    voidGrant: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Grant id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["VoidGrantBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Hold id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    captureHold: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Hold id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaptureHoldBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    extendHold: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Hold id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExtendHoldBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Hold id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReleaseHoldBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: {
                /** @description `plan` or `addon`; absent: both. */
                scope?: string;
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleList"];
                };
            };
        };
    };
    createTemplate: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateScheduleBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    getSchedule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Schedule id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    endSchedule: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Schedule id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EndScheduleBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    updateSchedule: {
        parameters: {
            query?: {
                /** @description Default `credits`. Not needed with a system id. */
                creditType?: string;
            };
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Schedule id, URL-encoded. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateScheduleBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    listCreditTypes: {
        parameters: {
            query?: {
                /** @description Items per page, 1–250; default 50. */
                limit?: number;
                /** @description `nextCursor` of the page before, with the same filters. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditTypeList"];
                };
            };
        };
    };
    getCreditType: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Credit type. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreditType"];
                };
            };
        };
    };
    putCreditType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Credit type. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutCreditTypeBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    deleteCreditType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The command's id, 1–255 characters; `id` in the body may be used instead. Reuse it on every retry. */
                "Idempotency-Key"?: string;
                /** @description `wait=<seconds>` (at most 30) waits for the outcome. */
                Prefer?: string;
            };
            path: {
                /** @description Credit type. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DeleteCreditTypeBodyDto"];
            };
        };
        responses: {
            /** @description Applied (only with `Prefer: wait`). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Outcome"];
                };
            };
            /** @description All in-sync replicas have the command; its outcome is not known yet. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
}
