select
    delivery,
    period_grain,
    period,
    start_date,
    end_date,
    due_on,
    final_on,
    is_delivered,
    first_received_at
from {{ source('register', 'delivery_calendar') }}
