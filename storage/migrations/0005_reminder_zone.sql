-- The zone in which a reminder was asked for: it counts where the member has set none of their own.
ALTER TABLE reminders ADD COLUMN zone TEXT;
