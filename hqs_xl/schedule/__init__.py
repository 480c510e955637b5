"""A refresh every morning: by Windows' Task Scheduler, a systemd user timer, or cron where neither is."""
