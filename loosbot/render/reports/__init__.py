"""Pages that are computed: the traceability report, the handover, the versions."""
