# Goal: R's ncdf4 reads a result file as it is. Usage: Rscript readers_test.R RESULT.h5, made by make_result.
library(ncdf4)
file <- nc_open(commandArgs(trailingOnly = TRUE)[1])
rate <- ncvar_get(file, "at_risk_of_poverty_rate")  # R turns the order of axes around
stopifnot(dim(rate) == c(14, 2), rate[1, 2] == 0.125 + 14 * 0.0078125)
persons <- ncvar_get(file, "persons_by_age_band")
stopifnot(dim(persons) == c(3, 14, 2), persons[3, 2, 1] == 1005)
stopifnot(is.nan(ncvar_get(file, "mean_wait")[6, 1]) || is.na(ncvar_get(file, "mean_wait")[6, 1]))
stopifnot(is.na(ncvar_get(file, "first_served")[1, 1]))
stopifnot(ncvar_get(file, "age_band") == c("0-17", "18-64", "65+"))
stopifnot(ncatt_get(file, "mean_wait", "units")$value == "day")
stopifnot(ncatt_get(file, "time", "units")$value == "days since 2015-11-01")
stopifnot(ncatt_get(file, 0, "seed")$value == "18446744073709551615")
nc_close(file)
